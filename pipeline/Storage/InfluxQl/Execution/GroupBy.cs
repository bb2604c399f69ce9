using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Reads the dimensions of GROUP BY.</summary>
internal static class GroupBy
{
    /// <summary>The tags, in order and each once, and the windows.</summary>
    /// <exception cref="InfluxQlException">With InfluxDB's wording.</exception>
    public static (IReadOnlyList<string> Tags, Windows Windows) Of(SelectStatement statement, Schema schema)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        Call? time = null;
        foreach (var dimension in statement.Dimensions)
        {
            switch (dimension)
            {
                case Call { Name: "time" } call:
                    time = time is null ? call : throw new InfluxQlException("multiple time dimensions not allowed");
                    break;
                case Call:
                    throw new InfluxQlException("only time() calls allowed in dimensions");
                case ColumnName name:
                    tags.Add(name.Name);
                    break;
                case Wildcard:
                    tags.UnionWith(schema.Tags);
                    break;
                case RegexLiteral regex:
                    tags.UnionWith(schema.Tags.Where(regex.Pattern.Matches));
                    break;
                default:
                    throw new InfluxQlException("only time and tag dimensions allowed");
            }
        }

        return ([.. tags], WindowsOf(time, statement.Zone));
    }

    private static Windows WindowsOf(Call? time, TimeZoneInfo? zone)
    {
        if (time is null)
        {
            return new Windows(0, 0, null);
        }

        if (time.Arguments.Count is < 1 or > 2)
        {
            throw new InfluxQlException("time dimension expected 1 or 2 arguments");
        }

        if (time.Arguments[0] is not DurationLiteral width)
        {
            throw new InfluxQlException("time dimension must have duration argument");
        }

        var offset = time.Arguments.ElementAtOrDefault(1) switch
        {
            null => 0,
            DurationLiteral duration => duration.Ns,
            _ => throw new InfluxQlException("time dimension offset must be duration"),
        };
        return new Windows(Math.Max(0, width.Ns), offset, zone);
    }
}
