using System.Globalization;
using Ops.Collectors.Polling;
using Ops.Collectors.Snmp;
using Ops.Model;

namespace Ops.Integration.Snmp;

public sealed class SnmpdTests : IAsyncLifetime
{
    private const string Ucd = "1.3.6.1.4.1.2021.";

    private static readonly Dictionary<string, string> PlainObjects = new()
    {
        ["hardware.cpu.load.1min"] = Ucd + "10.1.3.1", ["hardware.cpu.load.5min"] = Ucd + "10.1.3.2",
        ["hardware.cpu.load.15min"] = Ucd + "10.1.3.3", ["hardware.cpu.util"] = Ucd + "11.9.0",
        ["hardware.memory.total"] = Ucd + "4.5.0", ["hardware.memory.buffer"] = Ucd + "4.14.0",
        ["hardware.memory.cached"] = Ucd + "4.15.0", ["hardware.memory.swap.total"] = Ucd + "4.3.0",
        ["hardware.memory.swap.avail"] = Ucd + "4.4.0", ["hardware.memory.used"] = Ucd + "4.6.0",
        ["hardware.network.ip.incoming.datagrams"] = "1.3.6.1.2.1.4.3.0",
        ["hardware.network.ip.outgoing.datagrams"] = "1.3.6.1.2.1.4.10.0",
        ["hardware.system_stats.cpu.idle"] = Ucd + "11.11.0",
        ["hardware.system_stats.io.incoming.blocks"] = Ucd + "11.58.0",
        ["hardware.system_stats.io.outgoing.blocks"] = Ucd + "11.57.0",
    };

    private readonly SnmpdServer _snmpd = new();

    public async ValueTask InitializeAsync() => await _snmpd.StartAsync();

    public ValueTask DisposeAsync() => _snmpd.DisposeAsync();

    [Fact]
    public async Task Plain_meters_are_what_snmpget_says()
    {
        var before = await ObjectsAsync();
        var samples = (await PollAsync(_snmpd.Target, "hardware.*")).Samples;
        var after = await ObjectsAsync();
        foreach (var (meter, oid) in PlainObjects)
        {
            var said = before[oid].Length == 0 || before[oid].Contains("No Such");
            var sample = samples.SingleOrDefault(one => one.Meter == meter);
            Assert.True(said == (sample is null), $"{meter}: snmpget says '{before[oid]}'");
            if (sample is null)
            {
                continue;
            }

            var (low, high) = (Number(before[oid]), Number(after[oid]));
            if (meter == "hardware.memory.used")
            {
                var total = Number(before[Ucd + "4.5.0"]);
                (low, high) = (total - low, total - high);
            }

            (low, high) = (Math.Min(low, high), Math.Max(low, high));
            Assert.True(sample.Volume >= low - Slack(meter) && sample.Volume <= high + Slack(meter),
                $"{meter} is {sample.Volume}, snmpget says {low} to {high}");
            Assert.Equal($"127.0.0.1:{_snmpd.Port}", sample.ResourceId);
        }
    }

    [Fact]
    public async Task Interfaces_and_disks_are_what_snmpwalk_says()
    {
        var names = await _snmpd.WalkAsync("1.3.6.1.2.1.2.2.1.2");
        var before = (await _snmpd.WalkAsync("1.3.6.1.2.1.31.1.1.1.6")).Select(Number).ToArray();
        var found = await PollAsync(_snmpd.Target, "*");
        var after = (await _snmpd.WalkAsync("1.3.6.1.2.1.31.1.1.1.6")).Select(Number).ToArray();
        var samples = found.Samples.Where(one => one.Meter == "hardware.network.incoming.bytes").ToList();
        Assert.Contains("lo", names);
        Assert.Equal(names, samples.Select(one => (string)one.Metadata["name"]!));
        Assert.All(samples.Index(), one => Assert.InRange(one.Item.Volume, before[one.Index], after[one.Index]));
        Assert.Equal("127.0.0.1", samples[Array.IndexOf(names, "lo")].Metadata["ip"]);

        var device = Assert.Single(await _snmpd.WalkAsync(Ucd + "9.1.3"));
        var disk = found.Samples.Single(one => one.Meter == "hardware.disk.size.total");
        Assert.Equal($"127.0.0.1:{_snmpd.Port}.{device}", disk.ResourceId);
        Assert.Equal(Number(await _snmpd.GetAsync(Ucd + "9.1.6.1")), disk.Volume);
        Assert.Equal("/", disk.Metadata["path"]);

        var host = found.Observations.Single(one => one.Entity.Type == "snmp.host");
        Assert.Equal(("test-host", "UP", "rack 7"), (host.Name, host.State, host.Properties["location"]));
        var lo = found.Observations.Single(one => one.Entity.Id == $"127.0.0.1:{_snmpd.Port}.lo");
        Assert.Equal("UP", lo.State);
        Assert.Equal(names.Length, host.Relations.Count(one => one.Label == "contains"));
        Assert.DoesNotContain(found.Samples, one => one.ToString().Contains(SnmpdServer.Community)
            || one.Metadata.Values.Any(value => Equals(value, SnmpdServer.Community)));
    }

    [Fact]
    public async Task Every_kind_of_user_is_served()
    {
        foreach (var user in SnmpdServer.UserNames)
        {
            var samples = (await PollAsync(_snmpd.As(user), "hardware.memory.total")).Samples;
            Assert.True(samples.Count == 1, user);
        }

        var plain = new SnmpCredential { Community = null, User = "plain" };
        Assert.Single((await PollAsync(_snmpd.Target with { Credential = plain }, "hardware.memory.total")).Samples);
        var signed = _snmpd.As("sha256aes192").Credential with
        {
            User = "signed", Priv = Ops.Collectors.Snmp.Security.SnmpPrivProtocol.None,
        };
        Assert.Single((await PollAsync(_snmpd.Target with { Credential = signed }, "hardware.memory.total")).Samples);
    }

    [Fact]
    public async Task What_is_wrong_with_a_user_is_told()
    {
        var right = _snmpd.As("sha1aes").Credential;
        Assert.Equal("the agent refuses the authentication: wrong password or protocol",
            await FaultAsync(right with { AuthPassword = "wrong password" }));
        Assert.Equal("no answer, asked 2 times; it told its engine, so the privacy password or protocol may be wrong",
            await FaultAsync(right with { PrivPassword = "wrong password" }));
        Assert.Equal("the agent does not know the user", await FaultAsync(right with { User = "nobody" }));
        Assert.Equal("no answer, asked 2 times; it is off, out of reach, or does not take the community",
            await FaultAsync(new SnmpCredential { Community = "wrong" }));
    }

    [Fact]
    public async Task An_agent_is_asked_over_IPv6()
    {
        var samples = (await PollAsync(_snmpd.Target with { Address = "::1" }, "hardware.memory.total")).Samples;
        Assert.Equal($"[::1]:{_snmpd.Port}", Assert.Single(samples).ResourceId);
    }

    [Fact]
    public async Task An_agent_that_goes_and_comes_back_with_another_clock_is_followed()
    {
        var options = Options with { BackoffMax = TimeSpan.Zero };
        var pollsters = SnmpPollsters.All(options, [], TimeProvider.System);
        var target = _snmpd.As("sha512aes256");
        Assert.Equal("UP", await StateAsync(pollsters, target));
        await _snmpd.StopAsync();
        Assert.Equal("DOWN", await StateAsync(pollsters, target));
        await _snmpd.StartAsync();
        Assert.Equal("UP", await StateAsync(pollsters, target));
        await _snmpd.StopAsync();
        await _snmpd.StartAsync();
        Assert.Equal("UP", await StateAsync(pollsters, target));
    }

    private static SnmpOptions Options => new() { Timeout = TimeSpan.FromMilliseconds(500), Retries = 1 };

    private static double Slack(string meter) => meter.Contains("cpu.load") ? 0.5
        : meter.Contains(".cpu.") ? 100 : meter.Contains("memory") ? 500_000 : 0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, string>> ObjectsAsync()
    {
        var said = new Dictionary<string, string>();
        foreach (var oid in PlainObjects.Values)
        {
            said[oid] = await _snmpd.GetAsync(oid);
        }

        return said;
    }

    private async Task<string> FaultAsync(SnmpCredential credential)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(
            () => PollAsync(_snmpd.Target with { Credential = credential }, "hardware.memory.total"));
        Assert.StartsWith($"snmp://127.0.0.1:{_snmpd.Port}: ", fault.Message);
        Assert.DoesNotContain("wrong password", fault.Message.Replace(": wrong password or", ""));
        return fault.Message[$"snmp://127.0.0.1:{_snmpd.Port}: ".Length..];
    }

    private static async Task<string?> StateAsync(IReadOnlyList<IPollster> pollsters, SnmpTarget target)
    {
        var round = new PollRound(TimeProvider.System.GetUtcNow());
        var pollster = pollsters.Single(one => one.Name == "entities.snmp");
        var resource = new PollResource(target.Url, target);
        await Record.ExceptionAsync(() => pollster.PollAsync(round, [resource], CancellationToken.None));
        return round.Take().Observations.Single(one => one.Entity.Type == "snmp.host").State;
    }

    private static async Task<PollFindings> PollAsync(SnmpTarget target, string pattern)
    {
        var discovery = new SnmpDiscovery(Options with { Targets = [target] });
        var round = new PollRound(TimeProvider.System.GetUtcNow());
        var resources = await discovery.DiscoverAsync(null, round, CancellationToken.None);
        foreach (var pollster in SnmpPollsters.All(Options, [], TimeProvider.System))
        {
            if (Glob.Matches(pattern, pollster.Name))
            {
                await pollster.PollAsync(round, resources, CancellationToken.None);
            }
        }

        return round.Take();
    }
}
