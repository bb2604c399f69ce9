using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>Reads counters of /proc/net/snmp and /proc/net/netstat.</summary>
internal static class TcpCounters
{
    /// <summary>
    /// The value of a column of a section: a line of names, then a line of values, both led by <c>Section:</c>.
    /// </summary>
    /// <returns>Null when section or column is not there.</returns>
    public static long? Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> section, ReadOnlySpan<byte> column)
    {
        var lines = new FieldReader(text);
        while (lines.NextLine(out var names))
        {
            if (!names.Word().SequenceEqual(section))
            {
                continue;
            }

            if (!lines.NextLine(out var values))
            {
                return null;
            }

            values.Word();
            for (var name = names.Word(); !name.IsEmpty; name = names.Word())
            {
                var value = values.Word();
                if (name.SequenceEqual(column))
                {
                    return value.IsEmpty ? null : FieldReader.ToLong(value);
                }
            }
        }

        return null;
    }
}
