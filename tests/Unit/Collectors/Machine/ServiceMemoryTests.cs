using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class ServiceMemoryTests
{
    [Fact]
    public async Task A_restart_of_the_program_misses_what_vanished_meanwhile()
    {
        var state = new FakeState();
        var box = await WatchedMachine.WithServerAndClientAsync(state);
        box.Files.Kill(100);
        var again = new WatchedMachine(box.Files, state, box.Time);
        using var stop = new CancellationTokenSource();
        var run = again.Collector.RunAsync(stop.Token);
        await MachineCollectorTests.UntilAsync(() => again.Sink.BatchCounts.Count > 0);
        await stop.CancelAsync();
        await run;
        var server =
            again.Sink.Observations.Single(seen => seen.Entity == WatchedMachine.Ref("python3 server.py:8000"));
        Assert.Equal("DOWN", server.State);
        Assert.Equal(0, again.Sink.Last("machine.service.up", server.Entity.Id));
        var client = again.Sink.Observations.Single(seen => seen.Entity == WatchedMachine.Ref("python3 client.py"));
        Assert.Contains(client.Relations, relation => relation.Neighbour == server.Entity);
    }

    [Fact]
    public async Task A_restart_of_the_program_alone_counts_as_no_restart_of_services()
    {
        var state = new FakeState();
        var box = await WatchedMachine.WithServerAndClientAsync(state);
        var again = new WatchedMachine(box.Files, state, box.Time);
        using var stop = new CancellationTokenSource();
        var run = again.Collector.RunAsync(stop.Token);
        await MachineCollectorTests.UntilAsync(() => again.Sink.BatchCounts.Count > 0);
        await stop.CancelAsync();
        await run;
        Assert.Equal(0, again.Sink.Last("machine.service.restarts", "box/service/python3 server.py:8000"));
        Assert.NotNull(again.Sink.Observations.Single(seen => seen.Entity == WatchedMachine.Ref("python3 client.py")));
        Assert.DoesNotContain(again.Sink.Observations, seen => seen.Action == ObservationAction.Delete);
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_is_said_and_passed_over()
    {
        var state = new FakeState();
        state.Write([new StateChange("collectors", "box", "not json"u8.ToArray())]);
        var box = new WatchedMachine(state: state);
        using var stop = new CancellationTokenSource();
        var run = box.Collector.RunAsync(stop.Token);
        await MachineCollectorTests.UntilAsync(() => box.Sink.BatchCounts.Count > 0);
        await stop.CancelAsync();
        await run;
        Assert.StartsWith(
            "machine: memory of services: what was known of this machine's services cannot be read and is forgotten: ",
            Assert.Single(box.Log), StringComparison.Ordinal);
    }

    private sealed class FakeState : IStateStore
    {
        private readonly Dictionary<(string, string), byte[]> _documents = [];

        public byte[]? Read(string area, string key) => _documents.GetValueOrDefault((area, key));

        public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(string area) => [];

        public void Write(IReadOnlyList<StateChange> changes)
        {
            foreach (var change in changes)
            {
                _documents[(change.Area, change.Key)] = change.Value!;
            }
        }
    }
}
