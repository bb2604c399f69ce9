using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>Names series by what tells them apart.</summary>
public static class SeriesNames
{
    /// <summary>A name for each series, in order: its resource, and those dimensions in which the series
    /// differ.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<SeriesView> series)
    {
        var telling = series.SelectMany(one => one.Dimensions.Keys).Distinct().Order(StringComparer.Ordinal)
            .Where(key => series.Select(one => one.Dimensions.GetValueOrDefault(key)).Distinct().Skip(1).Any())
            .ToArray();
        var manyResources = series.Select(one => one.ResourceId).Distinct().Skip(1).Any();
        return [.. series.Select(one => Name(one, telling, manyResources))];
    }

    private static string Name(SeriesView series, string[] telling, bool manyResources)
    {
        var resource = Shorten.Resource(
            new ResourceView(series.ResourceType ?? "", series.ResourceId, series.ResourceName));
        var parts = telling.Where(series.Dimensions.ContainsKey).Select(key => series.Dimensions[key]).ToArray();
        if (parts.Length == 0)
        {
            return resource;
        }

        var told = string.Join(", ", parts);
        return manyResources && !told.Equals(resource, StringComparison.Ordinal) ? $"{resource} · {told}" : told;
    }
}
