using System.Globalization;
using Ops.Alarms.Rules;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>The attributes of a series that rules name in <c>where</c> and <c>by</c>.</summary>
internal static class SeriesAttributes
{
    /// <summary>Whether the series fits every entry.</summary>
    public static bool Fit(IReadOnlyList<AttributeMatch> matches, Series series, SampleContext context)
    {
        for (var index = 0; index < matches.Count; index++)
        {
            if (!matches[index].Fits(Value(matches[index].Attribute, series, context)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The attribute as text, or null: a field of the series, else a dimension, else a metadata entry.
    /// </summary>
    public static string? Value(string attribute, Series series, SampleContext context) => attribute switch
    {
        "resource_id" => series.ResourceId,
        "resource_type" => context.ResourceType,
        "resource_name" => context.ResourceName,
        "project_id" => context.ProjectId,
        "user_id" => context.UserId,
        "source" => context.Source,
        "meter" => series.Meter,
        _ => series.Dimensions[attribute] ?? Metadata(attribute, context.Metadata),
    };

    /// <summary>
    /// Whether two contexts say the same of a series, so that what was decided by one holds for the other.
    /// </summary>
    public static bool SameContent(SampleContext left, SampleContext right) =>
        left.Kind == right.Kind && left.Unit == right.Unit && left.ProjectId == right.ProjectId
        && left.UserId == right.UserId && left.Source == right.Source && left.ResourceType == right.ResourceType
        && left.ResourceName == right.ResourceName && SameEntries(left.Metadata, right.Metadata);

    private static bool SameEntries(
        IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left)
        {
            if (!right.TryGetValue(key, out var other) || !Equals(value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Metadata(string path, IReadOnlyDictionary<string, object?> metadata)
    {
        if (Nested(path, metadata) is { } value)
        {
            return value;
        }

        return metadata.TryGetValue("user_metadata", out var user)
            && user is IReadOnlyDictionary<string, object?> entries
            ? Nested(path, entries)
            : null;
    }

    private static string? Nested(string path, IReadOnlyDictionary<string, object?> entries)
    {
        if (entries.TryGetValue(path, out var value))
        {
            return Text(value);
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && entries.TryGetValue(path[..dot], out var inner)
            && inner is IReadOnlyDictionary<string, object?> nested
            ? Nested(path[(dot + 1)..], nested)
            : null;
    }

    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
