using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>A time of a strand with the values of some of its fields; NaN where a field has none then.</summary>
internal readonly record struct StrandRow(Strand Strand, long TimeNs, string[] Fields, double[] Values)
{
    /// <summary>The value of a field.</summary>
    public double Value(string field)
    {
        var at = Array.IndexOf(Fields, field);
        return at < 0 ? double.NaN : Values[at];
    }
}

/// <summary>Puts the fields of a strand side by side.</summary>
internal static class StrandRows
{
    /// <summary>The most rows that one statement handles.</summary>
    public const int RowsMax = 2_000_000;

    /// <summary>The rows in order of time.</summary>
    public static IEnumerable<StrandRow> Of(Strand strand, string[] fields)
    {
        var columns = Array.ConvertAll(fields, strand.Points);
        var heads = new int[fields.Length];
        while (true)
        {
            if (Earliest(columns, heads) is not { } time)
            {
                yield break;
            }

            var values = new double[fields.Length];
            for (var i = 0; i < fields.Length; i++)
            {
                values[i] = double.NaN;
                while (heads[i] < columns[i].Count && columns[i].TimesNs[heads[i]] == time)
                {
                    values[i] = columns[i].Values[heads[i]++];
                }
            }

            yield return new StrandRow(strand, time, fields, values);
        }
    }

    private static long? Earliest(Points[] columns, int[] heads)
    {
        long? earliest = null;
        for (var i = 0; i < columns.Length; i++)
        {
            if (heads[i] < columns[i].Count && (earliest is null || columns[i].TimesNs[heads[i]] < earliest))
            {
                earliest = columns[i].TimesNs[heads[i]];
            }
        }

        return earliest;
    }
}
