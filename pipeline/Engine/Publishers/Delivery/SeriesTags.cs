using Ops.Model;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>The tags under which a series leaves.</summary>
/// <remarks>
/// A line-protocol series has the tags it came with. A polled meter, which came with no database, has resource_id,
/// resource_name, project_id and its dimensions.
/// </remarks>
internal static class SeriesTags
{
    /// <summary>The tags, in order of name; empty values are left out.</summary>
    public static Tags Of(Series series, SampleContext context)
    {
        if (series.Database is not null || series.Field != "value" || series.Measurement != series.Meter)
        {
            return series.Dimensions;
        }

        var pairs = new List<KeyValuePair<string, string>>();
        Add(pairs, "resource_id", series.ResourceId);
        Add(pairs, "resource_name", context.ResourceName);
        Add(pairs, "project_id", context.ProjectId);
        pairs.AddRange(series.Dimensions.Where(pair => pair.Value.Length > 0));
        return Tags.From(pairs);
    }

    private static void Add(List<KeyValuePair<string, string>> pairs, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            pairs.Add(new(name, value));
        }
    }
}
