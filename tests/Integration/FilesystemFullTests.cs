using System.Diagnostics;
using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary>A size-limited filesystem fills under a service that writes to it, and is emptied again.</summary>
public sealed class FilesystemFullTests : IAsyncLifetime
{
    private static readonly TimeSpan SeenMax = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan ToldMax = TimeSpan.FromSeconds(20);

    private readonly string _mount = Path.Combine("/mnt", $"ops-full-{Guid.NewGuid():N}"[..20]);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ops-full-{Guid.NewGuid():N}");
    private readonly ServerProcess _server = new("full");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_mount);
        Assert.Equal(0, await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "ops-test", _mount));
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await RunAsync("umount", "-l", _mount);
        Directory.Delete(_mount);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_full_filesystem_is_the_cause_of_what_its_writers_suffer()
    {
        using var writer = ChildProcess.Python(
            _folder, "journal_writer.py", Scripts.Writer, "0", Path.Combine(_mount, "journal"));
        await ServerProcess.WaitAsync("the writer to use the filesystem", SeenMax, async () =>
            (await _server.GetAsync("/api/v1/topology")).GetProperty("relations").EnumerateArray().Any(relation =>
                relation.GetProperty("label").GetString() == "uses"
                && relation.GetProperty("from").GetProperty("id").GetString()!.Contains("journal_writer.py")
                && relation.GetProperty("to").GetProperty("id").GetString()!.Contains(_mount)));

        var ballast = Path.Combine(_mount, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[15_900_000]);
        await ServerProcess.WaitAsync("both alarms", ToldMax, async () =>
        {
            var alarms = (await _server.GetAsync("/api/v1/alarms")).EnumerateArray().ToList();
            var full = alarms.FirstOrDefault(OnFilesystem);
            return full.ValueKind == JsonValueKind.Object && alarms.Any(alarm => OnWriter(alarm)
                && alarm.GetProperty("causes").EnumerateArray()
                    .Any(cause => cause.GetString() == full.GetProperty("id").GetString()));
        });
        var entities = (await _server.GetAsync("/api/v1/topology")).GetProperty("entities").EnumerateArray();
        Assert.Contains(entities, entity => entity.GetProperty("id").GetString()!.Contains("journal_writer.py")
            && entity.GetProperty("state").GetString() == "SUBOPTIMAL");

        File.Delete(ballast);
        await ServerProcess.WaitAsync("both alarms to clear", SeenMax, async () =>
            !(await _server.GetAsync("/api/v1/alarms")).EnumerateArray()
                .Any(alarm => OnFilesystem(alarm) || OnWriter(alarm)));
    }

    private bool OnFilesystem(JsonElement alarm) => ResourceId(alarm).Contains(_mount);

    private static bool OnWriter(JsonElement alarm) => ResourceId(alarm).Contains("journal_writer.py");

    private static string ResourceId(JsonElement alarm) =>
        alarm.GetProperty("resource").GetProperty("id").GetString()!;

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
