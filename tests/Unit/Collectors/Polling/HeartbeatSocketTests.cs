using System.Net.Sockets;
using System.Text;
using Ops.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class HeartbeatSocketTests : IDisposable
{
    private readonly PollRig _rig = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-beat-").FullName;

    public void Dispose()
    {
        _rig.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_connects_is_told_when_each_pollster_last_worked()
    {
        _rig.Options = _rig.Options with { HeartbeatFolder = _folder, Namespaces = ["ipmi", "compute"] };
        var path = Path.Combine(_folder, "ceilometer-compute-ipmi.socket");
        await File.WriteAllTextAsync(path, "left behind");
        var broken = new FakePollster("broken") { Does = (_, _, _) => throw new IOException("x") };
        var source = PollRig.Source("s", "*") with { Resources = ["r"] };
        using var agent = new PollingAgent(
            _rig.Options, new PollingConfig([source]),
            [new FakePollster("memory"), broken, new FakePollster("cpu")], [], _rig.Outlets);
        using var stop = new CancellationTokenSource();
        var run = agent.RunAsync(stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 1);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("cpu 2026-01-02T03:04:05Z\nmemory 2026-01-02T03:04:05Z\n", await AskAsync(path));
        }

        await stop.CancelAsync();
        await run;
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Where_there_is_no_such_folder_polling_goes_on_without()
    {
        _rig.Options = _rig.Options with { HeartbeatFolder = Path.Combine(_folder, "none") };
        using var agent = new PollingAgent(
            _rig.Options, new PollingConfig([PollRig.Source("s", "*") with { Resources = ["r"] }]),
            [new FakePollster("cpu")], [], _rig.Outlets);
        using var stop = new CancellationTokenSource();
        var run = agent.RunAsync(stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 1 && _rig.Said.Count > 0);
        await stop.CancelAsync();
        await run;
        Assert.StartsWith("polling: no heartbeat at '", _rig.Said[0], StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        using var text = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        return await text.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
