namespace Ops.Collectors.Snmp.Wire;

/// <summary>A request, an answer or a notification.</summary>
/// <param name="Type">One of the PDU tags of <see cref="SnmpTag"/>.</param>
/// <param name="RequestId">Its number, which the answer repeats.</param>
/// <param name="ErrorStatus">0 for none; of GETBULK the non-repeaters.</param>
/// <param name="ErrorIndex">Which binding, from 1; of GETBULK the repetitions.</param>
/// <param name="Bindings">The objects.</param>
internal sealed record SnmpPdu(
    byte Type, int RequestId, int ErrorStatus, int ErrorIndex, IReadOnlyList<SnmpBinding> Bindings)
{
    /// <summary>The agent could not fit the answer into a message.</summary>
    public const int TooBig = 1;

    /// <summary>The most bindings that are read.</summary>
    public const int BindingsMax = 2048;

    /// <summary>When the sender started, in a notification.</summary>
    public static readonly Oid SysUpTime = Oid.Of("1.3.6.1.2.1.1.3.0");

    /// <summary>Which notification it is.</summary>
    public static readonly Oid SnmpTrapOid = Oid.Of("1.3.6.1.6.3.1.1.4.1.0");

    /// <summary>The agent that a version 1 trap names.</summary>
    public static readonly Oid SnmpTrapAddress = Oid.Of("1.3.6.1.6.3.18.1.3.0");

    private static readonly Oid StandardTraps = Oid.Of("1.3.6.1.6.3.1.1.5");

    /// <summary>The words of error statuses. Source: RFC 3416, section 3.</summary>
    public static string ErrorWord(int status) => status switch
    {
        0 => "noError", 1 => "tooBig", 2 => "noSuchName", 3 => "badValue", 4 => "readOnly", 5 => "genErr",
        6 => "noAccess", 13 => "resourceUnavailable", 16 => "authorizationError",
        _ => $"error {status}",
    };

    /// <summary>Reads a PDU; null where it is wrong. A version 1 trap comes out in version 2's form (RFC 3584, 3.1).
    /// </summary>
    public static SnmpPdu? Read(ref BerReader from)
    {
        var type = from.Tag;
        if (type == SnmpTag.TrapV1)
        {
            return ReadTrapV1(ref from);
        }

        var body = from.Enter(type is >= SnmpTag.Get and <= SnmpTag.Report ? type : SnmpTag.Get);
        var requestId = body.Integer32();
        var status = body.Integer32();
        var index = body.Integer32();
        var bindings = new List<SnmpBinding>();
        return body.Ok && ReadBindings(ref body, bindings)
            ? new SnmpPdu(type, requestId, status, index, bindings)
            : null;
    }

    /// <summary>Writes it.</summary>
    public void Write(BerWriter to)
    {
        var mark = to.Length;
        for (var i = Bindings.Count - 1; i >= 0; i--)
        {
            WriteBinding(to, Bindings[i]);
        }

        to.Wrap(SnmpTag.Sequence, mark);
        to.Integer(ErrorIndex);
        to.Integer(ErrorStatus);
        to.Integer(RequestId);
        to.Wrap(Type, mark);
    }

    private static SnmpPdu? ReadTrapV1(ref BerReader from)
    {
        var body = from.Enter(SnmpTag.TrapV1);
        var enterprise = body.ObjectId();
        var agent = body.Octets(SnmpTag.IpAddress).ToArray();
        var generic = body.Integer32();
        var specific = body.Integer32();
        var ticks = body.Unsigned(SnmpTag.TimeTicks, uint.MaxValue);
        if (!body.Ok || enterprise is null || generic is < 0 or > 6 || specific < 0
            || enterprise.Parts.Length > Oid.PartsMax - 2)
        {
            return null;
        }

        var trap = generic < 6 ? StandardTraps.With((uint)generic + 1) : enterprise.With(0, (uint)specific);
        var bindings = new List<SnmpBinding>
        {
            new(SysUpTime, new SnmpValue(SnmpTag.TimeTicks, (long)ticks)),
            new(SnmpTrapOid, new SnmpValue(SnmpTag.ObjectId, ObjectId: trap)),
        };
        if (!ReadBindings(ref body, bindings))
        {
            return null;
        }

        bindings.Add(new SnmpBinding(SnmpTrapAddress, new SnmpValue(SnmpTag.IpAddress, Bytes: agent)));
        return new SnmpPdu(SnmpTag.TrapV1, 0, 0, 0, bindings);
    }

    private static bool ReadBindings(ref BerReader body, List<SnmpBinding> bindings)
    {
        var list = body.Enter(SnmpTag.Sequence);
        while (list.Ok && !list.AtEnd)
        {
            var one = list.Enter(SnmpTag.Sequence);
            var name = one.ObjectId();
            var value = ReadValue(ref one);
            if (name is null || !one.Ok || bindings.Count >= BindingsMax)
            {
                return false;
            }

            bindings.Add(new SnmpBinding(name, value));
        }

        return list.Ok;
    }

    private static SnmpValue ReadValue(ref BerReader from)
    {
        var tag = from.Tag;
        switch (tag)
        {
            case SnmpTag.Integer:
                return new SnmpValue(tag, from.Integer());
            case SnmpTag.Counter32 or SnmpTag.Gauge32 or SnmpTag.TimeTicks:
                return new SnmpValue(tag, (long)from.Unsigned(tag, uint.MaxValue));
            case SnmpTag.Counter64:
                return new SnmpValue(tag, (long)from.Unsigned(tag, ulong.MaxValue));
            case SnmpTag.ObjectId:
                return new SnmpValue(tag, ObjectId: from.ObjectId());
            case SnmpTag.Octets or SnmpTag.IpAddress or SnmpTag.Opaque:
                return new SnmpValue(tag, Bytes: from.Octets(tag).ToArray());
            case SnmpTag.Null or SnmpTag.NoSuchObject or SnmpTag.NoSuchInstance or SnmpTag.EndOfMibView:
                from.Octets(tag);
                return new SnmpValue(tag);
            default:
                from.Refuse();
                return default;
        }
    }

    private static void WriteBinding(BerWriter to, SnmpBinding binding)
    {
        var mark = to.Length;
        var value = binding.Value;
        switch (value.Tag)
        {
            case SnmpTag.Integer:
                to.Integer(value.Number);
                break;
            case SnmpTag.Counter32 or SnmpTag.Gauge32 or SnmpTag.TimeTicks or SnmpTag.Counter64:
                to.Unsigned((ulong)value.Number, value.Tag);
                break;
            case SnmpTag.ObjectId:
                to.ObjectId(value.ObjectId!);
                break;
            default:
                to.Octets(value.Bytes ?? [], value.Tag);
                break;
        }

        to.ObjectId(binding.Name);
        to.Wrap(SnmpTag.Sequence, mark);
    }
}
