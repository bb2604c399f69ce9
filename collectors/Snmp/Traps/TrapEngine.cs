using System.Security.Cryptography;
using System.Text;
using Ops.Collectors.Snmp.Security;
using Ops.Collectors.Snmp.Wire;
using IPAddress = System.Net.IPAddress;
using Oid = Ops.Collectors.Snmp.Wire.Oid;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>Opens version 3 notifications: traps by the sender's clock, informs by ours. Not safe for concurrent use.
/// </summary>
/// <remarks>Source: RFC 3414, section 3.2; RFC 3413, section 3.3. Boots is the minute of the start, so that it grows
/// over restarts without being stored.</remarks>
internal sealed class TrapEngine
{
    /// <summary>The most seconds that clocks may differ.</summary>
    public const int WindowSeconds = 150;

    /// <summary>The most senders whose keys and clocks are known; when there are more, all are learned anew.</summary>
    public const int SendersMax = 4096;

    private const int EngineIdMin = 5;
    private const int EngineIdMax = 32;

    private readonly SnmpTrapOptions _options;
    private readonly TimeProvider _time;
    private readonly int _boots;
    private readonly long _startedAt;
    private readonly Dictionary<(string User, string Engine), UsmKeys> _keys = [];
    private readonly Dictionary<string, (int Boots, int Time, long At)> _clocks = [];
    private ulong _salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private int _reports;

    public TrapEngine(SnmpTrapOptions options, TimeProvider time)
    {
        (_options, _time, _startedAt) = (options, time, time.GetTimestamp());
        _boots = (int)((time.GetUtcNow().ToUnixTimeSeconds() / 60) & int.MaxValue);
    }

    private int OwnTime => (int)_time.GetElapsedTime(_startedAt).TotalSeconds;

    /// <summary>An id of format 5 (octets) under the enterprise number of documentation, made of the machine's name.
    /// </summary>
    public static byte[] DefaultId() =>
        [0x80, 0x00, 0x7E, 0xD9, 0x05, .. SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName))[..8]];

    /// <summary>Opens a message.</summary>
    public TrapOutcome Open(byte[] bytes, IPAddress source)
    {
        if (UsmMessage.Peek(bytes) is not { } header)
        {
            return TrapOutcome.Drop("malformed");
        }

        var isOurs = header.EngineId.AsSpan().SequenceEqual(_options.EngineId);
        var wantsReport = (header.Flags & UsmHeader.Reportable) != 0;
        if (header.EngineId.Length is < EngineIdMin or > EngineIdMax || (wantsReport && !isOurs))
        {
            return new TrapOutcome(
                null, wantsReport ? null : "wrong engine id",
                wantsReport ? Report(header, UsmReport.UnknownEngine, UsmKeys.None) : null);
        }

        var user = _options.Users.FirstOrDefault(one => one.User == header.User);
        if (user is null)
        {
            return TrapOutcome.Drop(
                "unknown user", wantsReport ? Report(header, UsmReport.UnknownUser, UsmKeys.None) : null);
        }

        var keys = KeysOf(user, header.EngineId);
        var message = UsmMessage.Open(bytes, keys, out var outcome);
        if (message is null)
        {
            return Refuse(header, outcome, wantsReport);
        }

        if (!(isOurs ? IsInOwnWindow(header) : IsInSendersWindow(header)) && header.IsSigned)
        {
            var signedOnly = keys with { Priv = SnmpPrivProtocol.None };
            return isOurs && wantsReport
                ? new TrapOutcome(null, null, Report(header, UsmReport.NotInTimeWindow, signedOnly))
                : TrapOutcome.Drop("outside the time window");
        }

        var reply = message.Pdu.Type == SnmpTag.Inform && isOurs ? Reply(message, keys) : null;
        return SnmpTrap.From(source, "3", message.Pdu, reply) is { } trap
            ? new TrapOutcome(trap, null)
            : TrapOutcome.Drop("no notification");
    }

    private TrapOutcome Refuse(UsmHeader header, UsmOutcome outcome, bool wantsReport)
    {
        var (reason, counter) = outcome switch
        {
            UsmOutcome.WrongLevel => ("wrong security level", UsmReport.UnsupportedLevel),
            UsmOutcome.WrongSignature => ("wrong authentication", UsmReport.WrongDigest),
            UsmOutcome.WrongKey => ("cannot decrypt", UsmReport.DecryptionError),
            _ => ("malformed", null),
        };
        return TrapOutcome.Drop(
            reason, wantsReport && counter is not null ? Report(header, counter, UsmKeys.None) : null);
    }

    private UsmKeys KeysOf(SnmpCredential user, byte[] engineId)
    {
        var name = (user.User, Convert.ToHexString(engineId));
        if (!_keys.TryGetValue(name, out var keys))
        {
            if (_keys.Count >= SendersMax)
            {
                _keys.Clear();
            }

            _keys[name] = keys = UsmKeys.For(user, engineId);
        }

        return keys;
    }

    private bool IsInOwnWindow(UsmHeader header) =>
        header.Boots == _boots && Math.Abs((long)header.Time - OwnTime) <= WindowSeconds;

    /// <summary>Whether a trap is no replay: its sender's clock, first seen as it is, must not go back.</summary>
    private bool IsInSendersWindow(UsmHeader header)
    {
        var engine = Convert.ToHexString(header.EngineId);
        if (_clocks.TryGetValue(engine, out var known))
        {
            var expected = known.Time + _time.GetElapsedTime(known.At).TotalSeconds;
            if (header.Boots < known.Boots
                || (header.Boots == known.Boots && header.Time < expected - WindowSeconds))
            {
                return false;
            }
        }
        else if (_clocks.Count >= SendersMax)
        {
            _clocks.Clear();
        }

        if (header.IsSigned)
        {
            _clocks[engine] = (header.Boots, header.Time, _time.GetTimestamp());
        }

        return true;
    }

    private byte[] Reply(UsmMessage message, UsmKeys keys)
    {
        var header = message.Header with { Flags = 0, EngineId = _options.EngineId, Boots = _boots, Time = OwnTime };
        var pdu = message.Pdu with { Type = SnmpTag.Response, ErrorStatus = 0, ErrorIndex = 0 };
        return (message with { Header = header, Pdu = pdu }).Write(keys, ++_salt);
    }

    private byte[] Report(UsmHeader request, Oid counter, UsmKeys keys)
    {
        var header = request with { Flags = 0, EngineId = _options.EngineId, Boots = _boots, Time = OwnTime };
        var binding = new SnmpBinding(counter, new SnmpValue(SnmpTag.Counter32, ++_reports));
        return new UsmMessage(header, _options.EngineId, "", new SnmpPdu(SnmpTag.Report, 0, 0, 0, [binding]))
            .Write(keys, ++_salt);
    }
}
