using Ops.Collectors.Ipmi;
using Ops.Collectors.Polling;

namespace Ops.Integration.Ipmi;

public sealed class IpmiSimulatorTests : IAsyncLifetime
{
    private readonly IpmiSimulator _node = new();

    public async ValueTask InitializeAsync() => await _node.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Sensors_are_samples_and_entities()
    {
        var (found, told) = await PollAsync(_node.Target);
        Assert.Equal("", told);
        Assert.Equal(
            [
                ("hardware.ipmi.fan", "node-1-fan_1_(0x2)", 5000.0, "RPM"),
                ("hardware.ipmi.temperature", "node-1-cpu_temp_(0x1)", 42.0, "C"),
                ("hardware.ipmi.temperature", "node-1-inlet_temp_(0x5)", 96.0, "C"),
                ("hardware.ipmi.current", "node-1-psu_power_(0x4)", 120.0, "W"),
                ("hardware.ipmi.voltage", "node-1-12v_(0x3)", 12.06, "V"),
            ],
            found.Samples.Select(one => (one.Meter, one.ResourceId, one.Volume, one.Unit)));
        Assert.Equal(
            ["CPU Temp (0x1) OK", "FAN 1 (0x2) OK", "12V (0x3) OK", "PSU Power (0x4) OK", "Inlet Temp (0x5) CRITICAL",
                "node-1 CRITICAL"],
            found.Observations.Select(one => $"{one.Name} {one.State}"));
        Assert.NotNull(found.Observations[^1].Properties["power"]);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        var (found, told) = await PollAsync(_node.Target with { Password = "wrong-password" });
        Assert.Contains("Unable to establish IPMI v2 / RMCP+ session", told);
        Assert.DoesNotContain("wrong-password", told);
        Assert.Equal("UNREACHABLE", Assert.Single(found.Observations).State);
    }

    [Fact]
    public async Task A_controller_that_is_gone_is_given_up_in_time()
    {
        await _node.StopAsync();
        var (found, told) = await PollAsync(_node.Target, new IpmiOptions { Timeout = TimeSpan.FromSeconds(1) });
        Assert.Contains("ipmi://127.0.0.1:", told);
        Assert.Equal("UNREACHABLE", Assert.Single(found.Observations).State);
    }

    private static async Task<(PollFindings Found, string Told)> PollAsync(
        IpmiTarget target, IpmiOptions? options = null)
    {
        var round = new PollRound(TimeProvider.System.GetUtcNow());
        var told = "";
        foreach (var pollster in IpmiPollsters.All(options ?? new IpmiOptions(), TimeProvider.System))
        {
            var fault = await Record.ExceptionAsync(() => pollster.PollAsync(
                round, [new PollResource(target.Url, target)], CancellationToken.None));
            told += fault?.Message;
        }

        return (round.Take(), told);
    }
}
