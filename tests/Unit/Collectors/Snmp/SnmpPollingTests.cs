using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Polling;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Meters;
using Ops.Collectors.Snmp.Session;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class SnmpPollingTests
{
    private const string IfTable = "1.3.6.1.2.1.2.2.1.";
    private const string IfXTable = "1.3.6.1.2.1.31.1.1.1.";

    private static readonly PollResource Target = new("snmp://secret@10.0.0.5");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeAgent _agent = new() { Community = "secret" };
    private readonly SnmpInventory _inventory = new();

    [Fact]
    public void Every_meter_of_the_catalogue_is_there_and_nothing_else()
    {
        string[] expected =
        [
            "hardware.cpu.load.1min gauge process", "hardware.cpu.load.5min gauge process",
            "hardware.cpu.load.15min gauge process", "hardware.cpu.util gauge %", "hardware.disk.size.total gauge KB",
            "hardware.disk.size.used gauge KB", "hardware.memory.total gauge KB", "hardware.memory.used gauge KB",
            "hardware.memory.swap.total gauge KB", "hardware.memory.swap.avail gauge KB",
            "hardware.memory.buffer gauge KB", "hardware.memory.cached gauge KB",
            "hardware.network.incoming.bytes cumulative B", "hardware.network.outgoing.bytes cumulative B",
            "hardware.network.outgoing.errors cumulative packet",
            "hardware.network.ip.incoming.datagrams cumulative datagrams",
            "hardware.network.ip.outgoing.datagrams cumulative datagrams",
            "hardware.system_stats.io.incoming.blocks cumulative blocks",
            "hardware.system_stats.io.outgoing.blocks cumulative blocks", "hardware.system_stats.cpu.idle gauge %",
        ];
        Assert.Equal(expected, HardwareMeters.All.Select(meter => $"{meter.Name} {meter.Kind.Word()} {meter.Unit}"));
        Assert.Equal(expected.Length + 1, Pollsters().Count);
    }

    [Fact]
    public async Task Plain_meters_are_those_of_the_agent()
    {
        WithMemory();
        var found = await PollAsync("hardware.*");
        Assert.Equal(
            [
                ("hardware.cpu.load.1min", 0.25), ("hardware.memory.total", 1000.0), ("hardware.memory.used", 600.0),
            ],
            found.Samples.Select(sample => (sample.Meter, sample.Volume)));
        Assert.All(found.Samples, sample =>
        {
            Assert.Equal("10.0.0.5", sample.ResourceId);
            Assert.Equal("snmp://10.0.0.5", sample.Metadata["resource_url"]);
        });
        Assert.Single(_agent.Requests, request => request.Bindings.Any(one => one.Name.ToString() == Ucd("4.5.0")));
    }

    [Fact]
    public async Task An_interface_gives_its_wide_counters_where_the_agent_has_them()
    {
        WithInterfaces();
        _agent.With(IfXTable + "6.1", 5_000_000_000, SnmpTag.Counter64);
        var samples = (await PollAsync("hardware.network.incoming.bytes")).Samples;
        Assert.Equal([("10.0.0.5.lo", 5e9), ("10.0.0.5.eth0", 20.0)],
            samples.Select(sample => (sample.ResourceId, sample.Volume)));
        var eth0 = samples[1];
        Assert.Equal(("eth0", 125_000_000L, "0a0b0c0d0e0f", "192.0.2.7"),
            (eth0.Metadata["name"], eth0.Metadata["speed"], eth0.Metadata["mac"], eth0.Metadata["ip"]));
        Assert.Equal((MeterKind.Cumulative, "B", "snmp.interface"), (eth0.Kind, eth0.Unit, eth0.ResourceType));
    }

    [Fact]
    public async Task Each_table_is_walked_once_a_round_for_all_pollsters()
    {
        WithInterfaces();
        await PollAsync("*");
        Assert.Single(_agent.Requests, request => request.Type == SnmpTag.GetBulk
            && request.Bindings.Any(one => one.Name.ToString() == IfTable + "10"));
        Assert.Single(_agent.Requests, request => request.Bindings[0].Name.Equals(SnmpAgents.SystemObjects[0]));
    }

    [Fact]
    public async Task Interfaces_of_one_name_are_told_apart_by_index()
    {
        _agent.With(IfTable + "2.1", "port").With(IfTable + "2.2", "port").With(IfTable + "20.1", 1)
            .With(IfTable + "20.2", 2);
        Assert.Equal(["10.0.0.5.port.1", "10.0.0.5.port.2"],
            (await PollAsync("hardware.network.outgoing.errors")).Samples.Select(sample => sample.ResourceId));
    }

    [Fact]
    public async Task A_host_and_its_interfaces_become_entities()
    {
        WithInterfaces();
        _agent.With("1.3.6.1.2.1.1.5.0", "switch-1").With("1.0.8802.1.1.2.1.4.1.1.9.0.1.1", "switch-2");
        var seen = (await PollAsync("entities.snmp")).Observations;
        Assert.Equal(
            ["snmp.interface:10.0.0.5.lo UP", "snmp.interface:10.0.0.5.eth0 DOWN", "snmp.host:10.0.0.5 UP"],
            seen.Select(one => $"{one.Entity} {one.State}"));
        Assert.Equal("switch-1", seen[2].Name);
        Assert.Equal(
            [
                "contains snmp.interface:10.0.0.5.lo", "contains snmp.interface:10.0.0.5.eth0",
                "connects snmp.host:switch-2",
            ],
            seen[2].Relations.Select(relation => $"{relation.Label} {relation.Neighbour}"));
        Assert.Equal("0a:0b:0c:0d:0e:0f", seen[1].Properties["mac"]);
        Assert.Equal("10.0.0.5.eth0", _inventory.InterfaceOf("10.0.0.5", "2"));
        Assert.Equal("10.0.0.5", _inventory.HostAt("192.0.2.7"));
    }

    [Fact]
    public async Task Lost_messages_are_sent_again_with_more_patience()
    {
        WithMemory();
        _agent.Loses = 2;
        Assert.NotEmpty((await PollAsync("hardware.memory.total")).Samples);
        Assert.Equal([1.0, 2.0, 4.0], _agent.Timeouts.Take(3).Select(timeout => timeout.TotalSeconds));
    }

    [Fact]
    public async Task A_silent_agent_is_down_told_once_and_left_alone_for_longer_each_time()
    {
        _agent.Loses = int.MaxValue;
        var pollsters = Pollsters();
        var round = new PollRound(_time.GetUtcNow());
        var told = new List<string>();
        foreach (var pollster in pollsters)
        {
            try
            {
                await pollster.PollAsync(round, [Target], default);
            }
            catch (SnmpPollException fault)
            {
                told.Add(fault.Message);
            }
        }

        Assert.Equal(
            ["snmp://10.0.0.5: no answer, asked 3 times; it is off, out of reach, or does not take the community"],
            told);
        Assert.Equal("DOWN", Assert.Single(round.Take().Observations).State);
        Assert.Equal(3, _agent.Requests.Count);

        foreach (var pauseSeconds in new[] { 5, 10, 20, 40, 80, 120, 120 })
        {
            var before = _agent.Requests.Count;
            _time.Advance(TimeSpan.FromSeconds(pauseSeconds - 1));
            await PollOnceAsync(pollsters[0]);
            Assert.Equal(before, _agent.Requests.Count);
            _time.Advance(TimeSpan.FromSeconds(1));
            await PollOnceAsync(pollsters[0]);
            Assert.Equal(before + 3, _agent.Requests.Count);
        }

        _agent.Loses = 0;
        WithMemory();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEmpty(await PollOnceAsync(pollsters.Single(one => one.Name == "hardware.memory.total")));
    }

    [Fact]
    public async Task A_wrong_community_gets_no_answer()
    {
        _agent.Community = "another";
        var fault = await Assert.ThrowsAsync<SnmpPollException>(() => PollAsync("hardware.cpu.util"));
        Assert.DoesNotContain("secret", fault.Message);
    }

    [Fact]
    public async Task An_address_that_is_none_is_never_asked_again()
    {
        var round = new PollRound(_time.GetUtcNow());
        var wrong = new PollResource("http://secret@x");
        var fault = await Assert.ThrowsAsync<SnmpPollException>(
            () => Pollsters()[0].PollAsync(round, [wrong], default));
        Assert.DoesNotContain("secret", fault.Message);
        Assert.Equal([wrong], round.Take().Failed);
    }

    [Fact]
    public async Task An_address_of_ipmi_is_left_to_ipmi()
    {
        var round = new PollRound(_time.GetUtcNow());
        await Pollsters()[0].PollAsync(round, [new PollResource("ipmi://node1")], default);
        var findings = round.Take();
        Assert.Empty(findings.Failed);
        Assert.Empty(findings.Samples);
    }

    [Fact]
    public async Task Answers_to_another_request_are_passed_over()
    {
        _agent.AnswersAnotherFirst = true;
        WithMemory();
        Assert.NotEmpty((await PollAsync("hardware.memory.total")).Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_is_too_big_is_asked_for_in_smaller_pieces(int bindingsMax)
    {
        WithMemory();
        _agent.BindingsMax = bindingsMax;
        var found = await PollAsync("hardware.memory.*");
        Assert.Equal([1000.0, 600.0], found.Samples.Select(sample => sample.Volume));
    }

    [Fact]
    public async Task A_walk_that_is_too_big_asks_for_fewer_rows()
    {
        for (var i = 1; i <= 50; i++)
        {
            _agent.With($"1.3.6.1.4.1.2021.9.1.3.{i}", $"/dev/d{i}").With($"1.3.6.1.4.1.2021.9.1.6.{i}", i);
        }

        _agent.BindingsMax = 13;
        var found = await PollAsync("hardware.disk.size.total");
        Assert.Equal(Enumerable.Range(1, 50).Select(i => ($"10.0.0.5./dev/d{i}", (double)i)),
            found.Samples.Select(sample => (sample.ResourceId, sample.Volume)));
    }

    [Fact]
    public async Task A_walk_in_circles_is_ended()
    {
        WithInterfaces();
        _agent.GoesInCircles = true;
        var fault = await Assert.ThrowsAsync<SnmpPollException>(() => PollAsync("hardware.network.outgoing.errors"));
        Assert.Equal("snmp://10.0.0.5: 1.3.6.1.2.1.2.2.1.2 answers objects that do not grow", fault.Message);
    }

    [Fact]
    public async Task A_table_that_is_too_long_is_refused()
    {
        WithInterfaces();
        var fault = await Assert.ThrowsAsync<SnmpPollException>(
            () => PollAsync("hardware.network.outgoing.errors", new SnmpOptions { RowsMax = 1 }));
        Assert.Equal("snmp://10.0.0.5: 1.3.6.1.2.1.2.2.1.2 has more than 1 rows", fault.Message);
    }

    [Fact]
    public async Task Declared_meters_are_measured()
    {
        _agent.With("1.3.6.1.4.1.9.1.0", 215).With("1.3.6.1.4.1.9.2.1.1.7", "slot 7").With("1.3.6.1.4.1.9.2.1.2.7", 3)
            .With("1.3.6.1.4.1.9.2.1.3.7", 12);
        var faults = new ConfigFaults();
        var declared = SnmpMetersReader.Read(YamlReader.Read(
            """
            meters:
              - {name: x.temperature, type: gauge, unit: C, oid: 1.3.6.1.4.1.9.1.0, scale: 0.1}
              - name: x.use
                type: gauge
                unit: "%"
                columns: {used: 1.3.6.1.4.1.9.2.1.2, total: [1.3.6.1.4.1.9.2.1.9, 1.3.6.1.4.1.9.2.1.3]}
                value: 100 * used / total
                metadata: {slot: 1.3.6.1.4.1.9.2.1.1, size: {oid: 1.3.6.1.4.1.9.2.1.3, as: number, scale: 2}}
                resource: slot
            """, "m.yaml", faults), faults);
        Assert.Empty(faults.All);
        var found = await PollAsync("x.*", declared: declared);
        Assert.Equal([("10.0.0.5", 21.5), ("10.0.0.5.slot 7", 25.0)],
            found.Samples.Select(sample => (sample.ResourceId, sample.Volume)));
        Assert.Equal(24L, found.Samples[1].Metadata["size"]);
    }

    [Fact]
    public async Task Discovery_gives_urls_without_secrets()
    {
        SnmpAddress.TryParse("snmp://secret@10.0.0.5", new SnmpOptions(), out var target, out _);
        var discovery = new SnmpDiscovery(new SnmpOptions { Targets = [target!] });
        var found = await discovery.DiscoverAsync(null, new PollRound(default), default);
        Assert.Equal("snmp://10.0.0.5", Assert.Single(found).Key);
        Assert.Empty(await discovery.DiscoverAsync("10.0.0.9", new PollRound(default), default));
    }

    private static string Ucd(string oid) => $"1.3.6.1.4.1.2021.{oid}";

    private void WithMemory() => _agent.With(Ucd("4.5.0"), 1000).With(Ucd("4.6.0"), 400).With(Ucd("10.1.3.1"), "0.25");

    private void WithInterfaces() => _agent
        .With(IfTable + "2.1", "lo").With(IfTable + "2.2", "eth0")
        .With(IfTable + "5.2", 1_000_000_000, SnmpTag.Gauge32)
        .With(IfTable + "6.2", new SnmpValue(SnmpTag.Octets, Bytes: [10, 11, 12, 13, 14, 15]))
        .With(IfTable + "8.1", 1).With(IfTable + "8.2", 2)
        .With(IfTable + "10.1", 10, SnmpTag.Counter32).With(IfTable + "10.2", 20, SnmpTag.Counter32)
        .With("1.3.6.1.2.1.4.20.1.2.192.0.2.7", 2);

    private IReadOnlyList<IPollster> Pollsters(
        SnmpOptions? options = null, IReadOnlyList<SnmpMeter>? declared = null) =>
        SnmpPollsters.All(options ?? new SnmpOptions(), declared ?? [], _time, _inventory, _agent);

    private async Task<IReadOnlyList<PolledSample>> PollOnceAsync(IPollster pollster)
    {
        var round = new PollRound(_time.GetUtcNow());
        try
        {
            await pollster.PollAsync(round, [Target], default);
        }
        catch (SnmpPollException)
        {
            // Told elsewhere.
        }

        return round.Take().Samples;
    }

    private async Task<PollFindings> PollAsync(
        string pattern, SnmpOptions? options = null, IReadOnlyList<SnmpMeter>? declared = null)
    {
        var round = new PollRound(_time.GetUtcNow());
        foreach (var pollster in Pollsters(options, declared).Where(one => Glob.Matches(pattern, one.Name)))
        {
            await pollster.PollAsync(round, [Target], default);
        }

        return round.Take();
    }
}
