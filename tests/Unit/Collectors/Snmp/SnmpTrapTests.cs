using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Ops.Collectors.Snmp.Traps;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class SnmpTrapTests
{
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";

    private static readonly IPAddress Sender = IPAddress.Parse("10.0.0.5");
    private static readonly byte[] SendersEngine = [0x80, 0, 0, 1, 5, 9, 9, 9];

    private static readonly SnmpCredential User = new()
    {
        Community = null, User = "ann", Auth = SnmpAuthProtocol.Sha256, AuthPassword = "authpass1",
        Priv = SnmpPrivProtocol.Aes128, PrivPassword = "privpass1",
    };

    private static readonly SnmpTrapOptions Options = new() { Communities = ["public"], Users = [User] };

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly SnmpInventory _inventory = new();

    [Fact]
    public void A_trap_becomes_an_event_with_a_trait_for_each_object()
    {
        var trap = Open(Community(Pdu(
            LinkDown, ("1.3.6.1.2.1.2.2.1.1.7", Number(7)), ("1.3.6.1.2.1.2.2.1.2.7", Text("eth7")),
            ("1.3.6.1.4.1.9.1.2.0", new SnmpValue(SnmpTag.Counter64, -1)))));
        var made = TrapEvents.From(trap, new TrapNames(Options.Names), "switch-1", _time.GetUtcNow());
        Assert.Equal("snmp.linkDown", made.Type);
        Assert.Equal(
            [
                "host Text switch-1", "source Text 10.0.0.5", "agent Text 10.0.0.5", "version Text 2c",
                "trap_oid Text 1.3.6.1.6.3.1.1.5.3", "uptime_seconds Float 12.34", "ifIndex Integer 7",
                "ifDescr Text eth7", "1.3.6.1.4.1.9.1.2.0 Text 18446744073709551615",
            ],
            made.Traits.Select(trait => $"{trait.Name} {trait.Type} {trait.Value}"));
    }

    [Fact]
    public void A_trap_of_version_1_reads_as_its_successor()
    {
        // RFC 1157 form: enterprise 1.3.6.1.4.1.9, agent 192.0.2.1, specific trap 5, one object.
        var trap = Open(Convert.FromHexString(
            "303B020100" + "04067075626C6963" + "A42E" + "06062B0601040109" + "4004C0000201" + "020106" + "020105"
            + "430104" + "3015" + "301306082B0601020101050004077377697463682D"));
        Assert.Equal(
            ("1", "1.3.6.1.4.1.9.0.5", "192.0.2.1", 4),
            (trap.Version, trap.TrapOid.ToString(), trap.Agent.ToString(), trap.UptimeTicks));
        Assert.Equal("switch-", Assert.Single(trap.Bindings).Value.ToText());
    }

    [Fact]
    public void A_link_that_went_down_is_the_interfaces_state()
    {
        _inventory.NoteHost("switch-1", ["10.0.0.5"], "");
        _inventory.NoteInterface("switch-1", "7", "switch-1.eth7");
        var seen = Assert.Single(Effects(Options, Pdu(LinkDown, ("1.3.6.1.2.1.2.2.1.1.7", Number(7)))).Seen);
        Assert.Equal("snmp.interface:switch-1.eth7 DOWN", $"{seen.Entity} {seen.State}");
    }

    [Fact]
    public void An_interface_that_nobody_polled_is_known_by_its_description()
    {
        var seen = Assert.Single(Effects(Options, Pdu(LinkDown, ("1.3.6.1.2.1.2.2.1.2.7", Text("eth7")))).Seen);
        Assert.Equal("10.0.0.5.eth7", seen.Entity.Id);
        Assert.Equal("snmp.host:10.0.0.5", Assert.Single(seen.Relations).Neighbour.ToString());
        Assert.Empty(Effects(Options, Pdu(LinkDown, ("1.3.6.1.2.1.2.2.1.1.7", Number(7)))).Seen);
    }

    [Fact]
    public void A_rule_raises_and_clears_an_alarm()
    {
        var options = Options with
        {
            Names = new Dictionary<string, string> { ["1.3.6.1.4.1.9.5"] = "level" },
            Rules =
            [
                new SnmpTrapRule
                {
                    Trap = "1.3.6.1.4.1.9.0.1", Alarm = "hot", Severity = "CRITICAL",
                    When = new Dictionary<string, string> { ["level"] = "2" },
                },
                new SnmpTrapRule { Trap = "1.3.6.1.4.1.9.0.1", Alarm = "hot", Clears = true },
            ],
        };
        var effects = new TrapEffects(options, new TrapNames(options.Names), _inventory);
        var told = new List<string>();
        foreach (var level in new[] { 2, 2, 1 })
        {
            var one = Effects(options, Pdu("1.3.6.1.4.1.9.0.1", ("1.3.6.1.4.1.9.5.0", Number(level))), effects).Told;
            told.AddRange(one.Select(alarm => $"{alarm.AlarmId} {alarm.Severity} {alarm.From} {alarm.To}"));
        }

        Assert.Equal(
            [
                "snmp/hot/10.0.0.5 CRITICAL Ok Alarm", "snmp/hot/10.0.0.5 CRITICAL Alarm Alarm",
                "snmp/hot/10.0.0.5 WARNING Alarm Ok",
            ],
            told);
    }

    [Theory]
    [InlineData("secret", "unknown community")]
    [InlineData("public", null)]
    public void A_community_is_checked(string community, string? reason) =>
        Assert.Equal(reason, new TrapOpener(Options, _time).Open(Community(Pdu(LinkDown), community), Sender).Dropped);

    [Fact]
    public void A_sender_that_may_not_send_or_sends_too_fast_is_refused()
    {
        var options = Options with { Allow = [IPNetwork.Parse("10.0.0.0/24")], RateMax = 2 };
        var opener = new TrapOpener(options, _time);
        var message = Community(Pdu(LinkDown));
        Assert.Equal("sender not allowed", opener.Open(message, IPAddress.Parse("10.0.1.5")).Dropped);
        Assert.Null(opener.Open(message, Sender).Dropped);
        Assert.Null(opener.Open(message, Sender.MapToIPv6()).Dropped);
        Assert.Equal("too many per second", opener.Open(message, Sender).Dropped);
        Assert.Null(opener.Open(message, IPAddress.Parse("10.0.0.6")).Dropped);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(opener.Open(message, Sender).Dropped);
    }

    [Fact]
    public void An_inform_is_answered_and_its_repetition_bears_the_same_id()
    {
        var inform = Community(Pdu(LinkDown) with { Type = SnmpTag.Inform });
        var (first, second) = (Open(inform), Open(inform));
        var answer = CommunityMessage.Read(first.Reply!)!;
        Assert.Equal((SnmpTag.Response, 5, 0), (answer.Pdu.Type, answer.Pdu.RequestId, answer.Pdu.ErrorStatus));
        var names = new TrapNames(Options.Names);
        Assert.Equal(
            TrapEvents.From(first, names, "h", DateTimeOffset.UnixEpoch).MessageId,
            TrapEvents.From(second, names, "h", _time.GetUtcNow()).MessageId);
    }

    [Fact]
    public void A_signed_trap_is_taken_by_its_senders_clock_and_no_replay()
    {
        var opener = new TrapOpener(Options, _time);
        Assert.Equal("3", opener.Open(Signed(User, 3, 1000), Sender).Trap!.Version);
        Assert.Null(opener.Open(Signed(User, 3, 1010), Sender).Dropped);
        Assert.Null(opener.Open(Signed(User, 4, 0), Sender).Dropped);
        Assert.Equal("outside the time window", opener.Open(Signed(User, 3, 2000), Sender).Dropped);
        _time.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal("outside the time window", opener.Open(Signed(User, 4, 0), Sender).Dropped);
    }

    [Fact]
    public void What_is_not_as_safe_as_the_user_must_be_is_refused()
    {
        var opener = new TrapOpener(Options, _time);
        var wrong = User with { AuthPassword = "another password" };
        Assert.Equal("wrong authentication", opener.Open(Signed(wrong, 1, 1), Sender).Dropped);
        wrong = User with { PrivPassword = "another password" };
        Assert.Equal("cannot decrypt", opener.Open(Signed(wrong, 1, 1), Sender).Dropped);
        wrong = User with { Priv = SnmpPrivProtocol.None };
        Assert.Equal("wrong security level", opener.Open(Signed(wrong, 1, 1), Sender).Dropped);
        wrong = User with { User = "bob" };
        Assert.Equal("unknown user", opener.Open(Signed(wrong, 1, 1), Sender).Dropped);
    }

    [Fact]
    public void A_probe_is_told_our_engine()
    {
        var probe = new UsmMessage(
            new UsmHeader { MessageId = 3, Flags = UsmHeader.Reportable }, [], "",
            new SnmpPdu(SnmpTag.Get, 4, 0, 0, [])).Write(UsmKeys.None, 0);
        var outcome = new TrapOpener(Options, _time).Open(probe, Sender);
        var report = UsmMessage.Open(outcome.Report!, UsmKeys.None, out _)!;
        Assert.Equal((3, SnmpTag.Report), (report.Header.MessageId, report.Pdu.Type));
        Assert.Equal(Options.EngineId, report.Header.EngineId);
        Assert.Equal(UsmReport.UnknownEngine, report.Pdu.Bindings[0].Name);
        Assert.Null(outcome.Dropped);
    }

    [Fact]
    public void Bytes_of_any_kind_are_taken_or_refused()
    {
        var opener = new TrapOpener(Options with { RateMax = 100_000 }, _time);
        var whole = new[] { Community(Pdu(LinkDown)), Signed(User, 3, 1000) };
        Gen.Select(Gen.Bool, Gen.Int[0, 60], Gen.Byte, Gen.Int[0, 150]).Sample(change =>
        {
            var bytes = whole[change.Item1 ? 0 : 1].ToArray();
            bytes[change.Item2] = change.Item3;
            _time.Advance(TimeSpan.FromMilliseconds(1));
            var outcome = opener.Open(bytes[..Math.Min(change.Item4, bytes.Length)], Sender);
            return outcome.Trap is not null || outcome.Dropped is not null || outcome.Report is not null;
        }, iter: 5000, threads: 1);
    }

    private static SnmpValue Number(long number) => new(SnmpTag.Integer, number);

    private static SnmpValue Text(string text) =>
        new(SnmpTag.Octets, Bytes: System.Text.Encoding.UTF8.GetBytes(text));

    private static SnmpPdu Pdu(string trap, params (string Oid, SnmpValue Value)[] bindings) => new(
        SnmpTag.TrapV2, 5, 0, 0,
        [
            new SnmpBinding(SnmpPdu.SysUpTime, new SnmpValue(SnmpTag.TimeTicks, 1234)),
            new SnmpBinding(SnmpPdu.SnmpTrapOid, new SnmpValue(SnmpTag.ObjectId, ObjectId: Oid.Of(trap))),
            .. bindings.Select(one => new SnmpBinding(Oid.Of(one.Oid), one.Value)),
        ]);

    private static byte[] Community(SnmpPdu pdu, string community = "public") =>
        new CommunityMessage(1, community, pdu).Write();

    private static byte[] Signed(SnmpCredential user, int boots, int time) => new UsmMessage(
        new UsmHeader { MessageId = 1, EngineId = SendersEngine, Boots = boots, Time = time, User = user.User },
        SendersEngine, "", Pdu(LinkDown)).Write(UsmKeys.For(user, SendersEngine), 5);

    private SnmpTrap Open(byte[] message) => new TrapOpener(Options, _time).Open(message, Sender).Trap!;

    private (List<Observation> Seen, List<AlarmTransition> Told) Effects(
        SnmpTrapOptions options, SnmpPdu pdu, TrapEffects? effects = null)
    {
        var names = new TrapNames(options.Names);
        effects ??= new TrapEffects(options, names, _inventory);
        var trap = Open(Community(pdu));
        var host = effects.HostOf(trap);
        var made = TrapEvents.From(trap, names, host, _time.GetUtcNow());
        List<Observation> seen = [];
        List<AlarmTransition> told = [];
        effects.Apply(trap, made, host, _time.GetUtcNow(), seen, told);
        return (seen, told);
    }
}
