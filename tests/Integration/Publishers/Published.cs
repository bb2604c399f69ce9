using System.Text.Json;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Integration.Publishers;

/// <summary>A publisher that was opened by its address, what goes into it, and a folder for what comes out.</summary>
internal sealed class Published : IAsyncDisposable
{
    public const string Secret = "not-so-secret";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    private readonly SeriesCatalog _series = new();
    private readonly List<IPublisher> _open = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-published-").FullName;
    private int _next;

    public List<string> Warnings { get; } = [];

    public string At(string name) => Path.Combine(_folder, name);

    public PublisherCatalogOptions Options(string? spillFolder = null) => new()
    {
        Warn = text =>
        {
            lock (Warnings)
            {
                Warnings.Add(text);
            }
        },
        SpillFolder = spillFolder ?? At("spill"),
        Series = _series,
        TelemetrySecret = Secret,
        HostName = "here",
    };

    public IPublisher Open(string address, string? spillFolder = null)
    {
        var catalog = PublisherCatalog.BuiltIn(new NoSink(), Options(spillFolder));
        Assert.True(catalog.TryOpen(address, out var publisher, out var problem), problem);
        _open.Add(publisher);
        return publisher;
    }

    /// <summary>Publishes batches of samples whose volumes count on from 0.</summary>
    public async Task PublishAsync(IPublisher publisher, int batches, int samples)
    {
        var context = new SampleContext
        {
            Kind = MeterKind.Cumulative, Unit = "ns", ProjectId = "p1",
            Metadata = new Dictionary<string, object?>
            {
                ["name"] = "hé'llo", ["vcpus"] = 2L, ["load"] = 0.5, ["ok"] = true, ["none"] = null,
                ["nested"] = new Dictionary<string, object?> { ["list"] = new List<object?> { 1L, "x" } },
            },
        };
        for (var i = 0; i < batches; i++)
        {
            using var batch = new SampleBatch(samples);
            for (var n = 0; n < samples; n++, _next++)
            {
                var series = _series.Intern($"cpu{n % 2}", $"r{n}");
                batch.Add(new Sample(series, context, (1_700_000_000L + _next) * 1_000_000_000, _next));
            }

            await publisher.PublishAsync(batch, default);
        }
    }

    /// <summary>The volumes of lines that hold a sample each, all of which must be signed rightly.</summary>
    public List<int> Volumes(string name) => [.. Lines(name).Where(line => line.TryGetProperty("verified", out _))
        .Select(line =>
        {
            Assert.True(line.GetProperty("verified").GetBoolean());
            return (int)line.GetProperty("counter_volume").GetDouble();
        })];

    public List<JsonElement> Lines(string name)
    {
        using var file = new StreamReader(
            new FileStream(At(name), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        var text = file.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    public ChildProcess Start(string script, string name, params string[] arguments) =>
        ChildProcess.Python(_folder, name + ".py", script, arguments);

    public static Task UntilAsync(string what, Func<bool> holds) =>
        ServerProcess.WaitAsync(what, _patience, () => Task.FromResult(holds()));

    public async ValueTask DisposeAsync()
    {
        foreach (var publisher in _open)
        {
            await publisher.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoSink : ISampleSink
    {
        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
