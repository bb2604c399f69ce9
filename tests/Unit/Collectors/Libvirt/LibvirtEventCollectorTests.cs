using Ops.Collectors;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Libvirt.Domains;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Libvirt;

public sealed class LibvirtEventCollectorTests : IEventSink, IObservationSink, ISampleSink, IAlarmSink
{
    private readonly FakeLibvirt _libvirt = new();
    private readonly List<Event> _events = [];
    private readonly List<Observation> _observations = [];
    private readonly List<string> _reports = [];
    private Exception? _sinkFails;

    [Fact]
    public async Task What_happens_to_an_instance_is_an_event_and_its_state()
    {
        await RunAsync(new DomainEvent(SomeDomain.Id, "instance-0000000a", 5), () => _observations.Count > 0);
        Assert.Equal("libvirt.domain.stopped", _events[0].Type);
        Assert.Equal(
            "resource_id instance_id instance_name host display_name state project_id user_id",
            string.Join(' ', _events[0].Traits.Select(trait => trait.Name)));
        Assert.Equal(new EntityRef("nova.instance", SomeDomain.Id), _observations[0].Entity);
        Assert.NotEqual(default, _observations[0].At);
    }

    [Fact]
    public async Task A_domain_that_is_not_observed_is_an_event_alone()
    {
        await RunAsync(new DomainEvent("other", "other-1", 2), () => _events.Count > 0);
        Assert.Equal("libvirt.domain.started", _events[0].Type);
        Assert.Empty(_observations);
    }

    [Fact]
    public async Task A_hypervisor_without_events_is_said_once_and_ends_nothing()
    {
        _libvirt.WatchFails = FakeLibvirt.Unsupported;
        await RunAsync(null, () => _reports.Count > 0);
        Assert.Equal(["libvirt events: not supported"], _reports);
        Assert.Equal(_libvirt.Opened, _libvirt.Closed);
    }

    [Fact]
    public async Task A_sink_that_fails_is_said_and_the_next_event_is_taken()
    {
        _sinkFails = new InvalidOperationException("full");
        await RunAsync(new DomainEvent("other", "other-1", 2), () => _reports.Count > 0);
        Assert.Equal(["libvirt events: an event of other-1 was not taken: full"], _reports);
    }

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (_sinkFails is { } fault)
        {
            return ValueTask.FromException(fault);
        }

        _events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        _observations.AddRange(observations);
        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private async Task RunAsync(DomainEvent? happens, Func<bool> until)
    {
        var options = new LibvirtOptions { Host = "node-1" };
        using var agent = new LibvirtAgent(options, TimeProvider.System, null, _libvirt);
        var outlets = new CollectorOutlets(
            new SeriesCatalog(), this, this, this, this, TimeProvider.System, _reports.Add);
        var collector = new LibvirtEventCollector(options, agent, outlets, _libvirt);
        using var ending = new CancellationTokenSource();
        var running = collector.RunAsync(ending.Token);
        await UntilAsync(() => _libvirt.OnEvent is not null || _libvirt.WatchFails is not null);
        if (happens is not null)
        {
            _libvirt.OnEvent!(happens);
        }

        await UntilAsync(until);
        await ending.CancelAsync();
        await running;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 1000 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(holds());
    }
}
