using System.Net;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Snmp;

public sealed class SnmpTrapTests : IAsyncLifetime
{
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";
    private const string UserWords =
        "-v3 -l authPriv -u ann -a SHA-256 -A authpass1 -x AES -X privpass1";

    private readonly string _folder = Directory.CreateTempSubdirectory("ops-snmptrap-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordingOutlets _heard = new();
    private readonly int _port = LoopbackPort.Free();
    private SnmpTrapCollector _collector = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _collector = new SnmpTrapCollector(
            new SnmpTrapOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, _port), Communities = ["public"],
                Users =
                [
                    new SnmpCredential
                    {
                        Community = null, User = "ann", Auth = SnmpAuthProtocol.Sha256, AuthPassword = "authpass1",
                        Priv = SnmpPrivProtocol.Aes128, PrivPassword = "privpass1",
                    },
                ],
                Rules = [new SnmpTrapRule { Trap = "coldStart", Alarm = "restarted", Severity = "CRITICAL" }],
            },
            _heard.Outlets);
        _running = _collector.RunAsync(_stop.Token);
        await WaitAsync("the collector to listen", () => _collector.Status().Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Traps_of_versions_1_and_2c_are_events_states_and_alarms()
    {
        await SendAsync("snmptrap", "-v1 -c public", $"1.3.6.1.4.1.8072.3.2.10 192.0.2.9 2 0 5 {LinkDescription}");
        await SendAsync("snmptrap", "-v2c -c public", "777 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s switch-1");
        await WaitAsync("two events", () => _heard.Events.Count == 2 && _heard.Alarms.Count == 1);
        var events = _heard.Events.ToArray();
        Assert.Equal(["snmp.linkDown", "snmp.coldStart"], events.Select(one => one.Type));
        Assert.Equal(("1", "192.0.2.9", "eth3"), (Trait(events[0], "version"), Trait(events[0], "agent"),
            Trait(events[0], "ifDescr")));
        Assert.Equal(("2c", "switch-1", "7.77"), (Trait(events[1], "version"), Trait(events[1], "sysName"),
            Trait(events[1], "uptime_seconds")));
        var seen = Assert.Single(_heard.Observations);
        Assert.Equal("snmp.interface:192.0.2.9.eth3 DOWN", $"{seen.Entity} {seen.State}");
        Assert.Equal("snmp/restarted/127.0.0.1", Assert.Single(_heard.Alarms).AlarmId);
    }

    [Fact]
    public async Task Traps_and_informs_of_version_3_are_taken_and_informs_answered()
    {
        await SendAsync("snmptrap", $"{UserWords} -e 0x8000000001020304", $"5 {LinkDown} {LinkDescription}");
        var (code, _, error) = await SendAsync("snmpinform", UserWords, $"5 {LinkDown} {LinkDescription}");
        Assert.True(code == 0, error);
        await WaitAsync("two events", () => _heard.Events.Count == 2);
        Assert.All(_heard.Events, one => Assert.Equal("3", Trait(one, "version")));
        Assert.Contains("2 accepted", _collector.Status().Detail);
    }

    [Fact]
    public async Task An_inform_of_version_2c_is_answered()
    {
        var (code, _, error) = await SendAsync("snmpinform", "-v2c -c public", $"5 {LinkDown} {LinkDescription}");
        Assert.True(code == 0, error);
        Assert.Single(_heard.Events);
    }

    [Fact]
    public async Task What_has_a_wrong_community_or_password_is_counted_and_told()
    {
        await SendAsync("snmptrap", "-v2c -c wrong", $"5 {LinkDown}");
        var words = UserWords.Replace("authpass1", "authpass2");
        await SendAsync("snmptrap", $"{words} -e 0x8000000001020304", $"5 {LinkDown}");
        var (code, _, _) = await SendAsync("snmpinform", $"{words} -r 0", $"5 {LinkDown}");
        Assert.NotEqual(0, code);
        await WaitAsync("three to be dropped", () =>
            _collector.Status().Detail.Contains("2 dropped: wrong authentication"));
        Assert.Contains("1 dropped: unknown community", _collector.Status().Detail);
        Assert.Contains("snmp_traps: a message from 127.0.0.1 was not taken: unknown community", _heard.Said);
        Assert.Empty(_heard.Events);
    }

    private const string LinkDescription = "1.3.6.1.2.1.2.2.1.2.3 s eth3";

    private static string Trait(Event one, string name) => one.Traits.Single(trait => trait.Name == name).Value;

    private static Task WaitAsync(string what, Func<bool> holds) =>
        ServerProcess.WaitAsync(what, TimeSpan.FromSeconds(15), () => Task.FromResult(holds()));

    private Task<(int Code, string Out, string Error)> SendAsync(string program, string options, string rest) =>
        Tool.RunAsync(
            $"/usr/bin/{program}",
            ["-m", "", "-t", "2", .. options.Split(' '), $"127.0.0.1:{_port}", .. rest.Split(' ')],
            new Dictionary<string, string> { ["SNMP_PERSISTENT_DIR"] = _folder });
}
