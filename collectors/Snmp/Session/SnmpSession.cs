using System.Globalization;
using System.Security.Cryptography;
using Ops.Collectors.Snmp.Security;
using Ops.Collectors.Snmp.Wire;
using Oid = Ops.Collectors.Snmp.Wire.Oid;

namespace Ops.Collectors.Snmp.Session;

/// <summary>Asks one agent: repeats what was lost, keeps what version 3 must know of its engine.</summary>
/// <remarks>Safe for concurrent use. A request is sent once and repeated <see cref="SnmpOptions.Retries"/> times, each
/// time with twice the patience.</remarks>
internal sealed class SnmpSession(SnmpTarget target, SnmpOptions options, ISnmpTransport transport, TimeProvider time)
{
    /// <summary>How often one request is answered with reports before it is given up.</summary>
    private const int ReportsMax = 3;

    private static int _lastId = RandomNumberGenerator.GetInt32(1, 1 << 24);

    private readonly Lock _lock = new();
    private ulong _salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private Engine? _engine;

    /// <summary>The agent.</summary>
    public SnmpTarget Target => target;

    /// <summary>How often engines were discovered or clocks set anew, for tests.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Sends a request and gives the agent's answer.</summary>
    public async Task<SnmpAnswer> RequestAsync(
        byte type, IReadOnlyList<SnmpBinding> bindings, int first, int second, CancellationToken cancellationToken)
    {
        var requestId = NextId();
        var pdu = new SnmpPdu(type, requestId, first, second, bindings);
        return target.Credential.IsUser
            ? await AskAsUserAsync(pdu, cancellationToken).ConfigureAwait(false)
            : await AskAsCommunityAsync(pdu, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the engine, as after a long silence.</summary>
    public void Forget() => _engine = null;

    private static int NextId() => Interlocked.Increment(ref _lastId) & int.MaxValue;

    private async Task<SnmpAnswer> AskAsCommunityAsync(SnmpPdu pdu, CancellationToken cancellationToken)
    {
        var message = new CommunityMessage(1, target.Credential.Community!, pdu).Write();
        CommunityMessage? answer = null;
        var carried = await CarryAsync(
            message,
            came => (answer = CommunityMessage.Read(came)) is { Version: 1, Pdu.Type: SnmpTag.Response }
                && answer.Pdu.RequestId == pdu.RequestId && answer.Community == target.Credential.Community,
            cancellationToken).ConfigureAwait(false);
        return carried.Message is null ? Silent(carried) : Answered(answer!.Pdu);
    }

    private async Task<SnmpAnswer> AskAsUserAsync(SnmpPdu pdu, CancellationToken cancellationToken)
    {
        Oid? reported = null;
        for (var attempt = 0; attempt < ReportsMax; attempt++)
        {
            if (_engine is not { } engine)
            {
                var (found, fault) = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
                if (found is null)
                {
                    return fault!;
                }

                _engine = engine = found;
            }

            var (answer, report) = await AskEngineAsync(pdu, engine, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
            {
                return answer;
            }

            reported = report!;
            if (!reported.Equals(UsmReport.NotInTimeWindow) && !reported.Equals(UsmReport.UnknownEngine))
            {
                break;
            }
        }

        return SnmpAnswer.Failed(SnmpFaultKind.Denied, $"{target.Url}: {UsmReport.Word(reported!)}");
    }

    /// <summary>Asks once an engine is known; gives an answer, or the counter that the agent reports.</summary>
    private async Task<(SnmpAnswer? Answer, Oid? Report)> AskEngineAsync(
        SnmpPdu pdu, Engine engine, CancellationToken cancellationToken)
    {
        var header = new UsmHeader
        {
            MessageId = NextId(), Flags = UsmHeader.Reportable, EngineId = engine.Id, Boots = engine.Boots,
            Time = engine.TimeNow(time), User = target.Credential.User,
        };
        var message = new UsmMessage(header, engine.Id, target.Credential.Context, pdu).Write(engine.Keys, NextSalt());
        UsmMessage? answer = null;
        var carried = await CarryAsync(
            message, came => (answer = AnswerTo(came, header.MessageId, engine)) is not null, cancellationToken)
            .ConfigureAwait(false);
        if (carried.Message is null)
        {
            return (Silent(carried), null);
        }

        if (answer!.Pdu.Type != SnmpTag.Report)
        {
            engine.Note(answer.Header, time);
            return answer.Pdu.RequestId == pdu.RequestId
                ? (Answered(answer.Pdu), null)
                : (SnmpAnswer.Failed(SnmpFaultKind.Broken, $"{target.Url}: answers another request"), null);
        }

        var counter = answer.Pdu.Bindings.Count > 0 ? answer.Pdu.Bindings[0].Name : UsmReport.UnknownEngine;
        Resync(counter, answer.Header, engine);
        return (null, counter);
    }

    /// <summary>
    /// Sets the clock after a signed report that it is wrong (RFC 3414, 3.2.7), and forgets an engine that is gone.
    /// </summary>
    private void Resync(Oid counter, UsmHeader header, Engine engine)
    {
        lock (_lock)
        {
            Resyncs++;
            if (counter.Equals(UsmReport.NotInTimeWindow) && header.IsSigned)
            {
                engine.Set(header, time);
            }
            else if (counter.Equals(UsmReport.UnknownEngine) || counter.Equals(UsmReport.NotInTimeWindow))
            {
                _engine = null;
            }
        }
    }

    private static UsmMessage? AnswerTo(byte[] came, int messageId, Engine engine)
    {
        if (UsmMessage.Peek(came) is not { } header || header.MessageId != messageId)
        {
            return null;
        }

        var opened = UsmMessage.Open(came, engine.Keys, out var outcome);
        if (opened is null && outcome == UsmOutcome.WrongLevel)
        {
            var signedOnly = engine.Keys with { Priv = SnmpPrivProtocol.None };
            opened = UsmMessage.Open(came, header.IsSigned ? signedOnly : UsmKeys.None, out _);
            return opened?.Pdu.Type == SnmpTag.Report ? opened : null;
        }

        return opened?.Pdu.Type is SnmpTag.Response or SnmpTag.Report ? opened : null;
    }

    /// <summary>Learns the engine's id and clock from the report on an empty request (RFC 3414, section 4).</summary>
    private async Task<(Engine? Engine, SnmpAnswer? Fault)> DiscoverAsync(CancellationToken cancellationToken)
    {
        Resyncs++;
        var header = new UsmHeader { MessageId = NextId(), Flags = UsmHeader.Reportable };
        var pdu = new SnmpPdu(SnmpTag.Get, NextId(), 0, 0, []);
        UsmMessage? answer = null;
        var carried = await CarryAsync(
            new UsmMessage(header, [], "", pdu).Write(UsmKeys.None, 0),
            came => (answer = UsmMessage.Open(came, UsmKeys.None, out _)) is { Pdu.Type: SnmpTag.Report }
                && answer.Header.MessageId == header.MessageId,
            cancellationToken).ConfigureAwait(false);
        if (carried.Message is null)
        {
            return (null, Silent(carried));
        }

        if (answer!.Header.EngineId.Length is < 5 or > 32)
        {
            return (null, SnmpAnswer.Failed(SnmpFaultKind.Broken, $"{target.Url}: its engine id has a wrong length"));
        }

        var engine = new Engine(answer.Header.EngineId, UsmKeys.For(target.Credential, answer.Header.EngineId));
        engine.Set(answer.Header, time);
        return (engine, null);
    }

    private async Task<SnmpCarried> CarryAsync(
        byte[] message, Func<byte[], bool> isAnswer, CancellationToken cancellationToken)
    {
        var timeout = options.Timeout;
        SnmpCarried carried = default;
        for (var attempt = 0; attempt <= options.Retries; attempt++, timeout *= 2)
        {
            carried = await transport.AskAsync(target, message, isAnswer, timeout, cancellationToken)
                .ConfigureAwait(false);
            if (carried.Message is not null)
            {
                break;
            }
        }

        return carried;
    }

    private ulong NextSalt()
    {
        lock (_lock)
        {
            return ++_salt;
        }
    }

    private static SnmpAnswer Answered(SnmpPdu pdu) => new(pdu.Bindings, ErrorStatus: pdu.ErrorStatus);

    private SnmpAnswer Silent(SnmpCarried carried) => SnmpAnswer.Failed(
        SnmpFaultKind.Silent,
        string.Create(
            CultureInfo.InvariantCulture, $"{target.Url}: {carried.Reason}, asked {options.Retries + 1} times")
        + (!target.Credential.IsUser ? "; it is off, out of reach, or does not take the community"
            : _engine is not null && target.Credential.Priv != SnmpPrivProtocol.None
                ? "; it told its engine, so the privacy password or protocol may be wrong"
                : ""));

    /// <summary>What is known of the agent's engine.</summary>
    private sealed class Engine(byte[] id, UsmKeys keys)
    {
        private int _time;
        private long _at;

        public byte[] Id => id;

        public UsmKeys Keys => keys;

        public int Boots { get; private set; }

        public int TimeNow(TimeProvider clock) =>
            (int)Math.Min(int.MaxValue, _time + clock.GetElapsedTime(_at).TotalSeconds);

        public void Set(UsmHeader header, TimeProvider clock) =>
            (Boots, _time, _at) = (header.Boots, header.Time, clock.GetTimestamp());

        /// <summary>Follows a clock that goes faster than ours, and a restart.</summary>
        public void Note(UsmHeader header, TimeProvider clock)
        {
            if (header.Boots > Boots || (header.Boots == Boots && header.Time > TimeNow(clock)))
            {
                Set(header, clock);
            }
        }
    }
}
