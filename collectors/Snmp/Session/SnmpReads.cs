using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Session;

/// <summary>Reads objects and tables over a session, in pieces that the agent can answer.</summary>
internal static class SnmpReads
{
    /// <summary>The most objects of one GET.</summary>
    public const int ObjectsPerGet = 24;

    /// <summary>The most columns of one GETBULK.</summary>
    public const int ColumnsPerBulk = 12;

    /// <summary>The values of objects; what the agent has not is left out.</summary>
    public static async Task<(IReadOnlyDictionary<Oid, SnmpValue> Values, SnmpFault? Fault)> GetAsync(
        this SnmpSession session, IReadOnlyList<Oid> names, CancellationToken cancellationToken)
    {
        var values = new Dictionary<Oid, SnmpValue>();
        var pieces = new Stack<Oid[]>(names.Chunk(ObjectsPerGet).Reverse());
        while (pieces.TryPop(out var piece))
        {
            var answer = await session.RequestAsync(
                SnmpTag.Get, [.. piece.Select(SnmpBinding.Ask)], 0, 0, cancellationToken).ConfigureAwait(false);
            if (answer.Fault is { } fault)
            {
                return (values, fault);
            }

            if (answer.ErrorStatus != 0 && piece.Length > 1)
            {
                pieces.Push(piece[(piece.Length / 2)..]);
                pieces.Push(piece[..(piece.Length / 2)]);
                continue;
            }

            foreach (var binding in answer.ErrorStatus == 0 ? answer.Bindings : [])
            {
                if (!binding.Value.IsMissing)
                {
                    values[binding.Name] = binding.Value;
                }
            }
        }

        return (values, null);
    }

    /// <summary>The values of columns of one table, all rows.</summary>
    public static async Task<(SnmpTable Table, SnmpFault? Fault)> WalkAsync(
        this SnmpSession session, IReadOnlyList<Oid> columns, SnmpOptions options, CancellationToken cancellationToken)
    {
        var table = new SnmpTable();
        foreach (var some in columns.Chunk(ColumnsPerBulk))
        {
            var fault = await WalkSomeAsync(session, some, table, options, cancellationToken).ConfigureAwait(false);
            if (fault is not null)
            {
                return (table, fault);
            }
        }

        return (table, null);
    }

    private static async Task<SnmpFault?> WalkSomeAsync(
        SnmpSession session, Oid[] columns, SnmpTable table, SnmpOptions options, CancellationToken cancellationToken)
    {
        var open = columns.Select(column => (Column: column, Last: column)).ToList();
        var repetitions = options.MaxRepetitions;
        while (open.Count > 0)
        {
            var answer = await session.RequestAsync(
                SnmpTag.GetBulk, [.. open.Select(one => SnmpBinding.Ask(one.Last))], 0, repetitions, cancellationToken)
                .ConfigureAwait(false);
            if (answer.Fault is { } fault)
            {
                return fault;
            }

            if (answer.ErrorStatus == SnmpPdu.TooBig && repetitions > 1)
            {
                repetitions = Math.Max(1, repetitions / 2);
                continue;
            }

            if (answer.ErrorStatus != 0 || answer.Bindings.Count == 0)
            {
                var word = answer.ErrorStatus == 0 ? "nothing" : SnmpPdu.ErrorWord(answer.ErrorStatus);
                return Broken(session, open[0].Column, $"answers {word}");
            }

            if (Take(answer.Bindings, open, table, options, out open) is { } message)
            {
                return Broken(session, open[0].Column, message);
            }
        }

        return null;
    }

    /// <summary>Takes rows over; says what is wrong with them. Columns that go on stand in <paramref name="next"/>.
    /// </summary>
    private static string? Take(
        IReadOnlyList<SnmpBinding> bindings, List<(Oid Column, Oid Last)> open, SnmpTable table, SnmpOptions options,
        out List<(Oid Column, Oid Last)> next)
    {
        next = open;
        var last = open.Select(one => one.Last).ToArray();
        var ended = new bool[open.Count];
        for (var i = 0; i < bindings.Count; i++)
        {
            var (name, value) = bindings[i];
            var at = i % open.Count;
            var column = open[at].Column;
            if (ended[at] || value.Tag == SnmpTag.EndOfMibView || !name.IsUnder(column) || name.Equals(column))
            {
                ended[at] = true;
                continue;
            }

            if (name.CompareTo(last[at]) <= 0)
            {
                return "answers objects that do not grow";
            }

            last[at] = name;
            if (!table.Add(column, name.After(column), value, options.RowsMax))
            {
                return $"has more than {options.RowsMax} rows";
            }
        }

        var answered = Math.Min(bindings.Count, open.Count);
        next = [.. open.Select((one, i) => (one.Column, Last: last[i], IsOpen: !ended[i] || i >= answered))
            .Where(one => one.IsOpen).Select(one => (one.Column, one.Last))];
        return null;
    }

    private static SnmpFault Broken(SnmpSession session, Oid column, string message) =>
        new(SnmpFaultKind.Broken, $"{session.Target.Url}: {column} {message}");
}
