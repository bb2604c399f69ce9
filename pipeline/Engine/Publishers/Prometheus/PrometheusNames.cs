using System.Text;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>Turns meter and tag names into names that Prometheus takes.</summary>
/// <remarks>A metric is <c>[a-zA-Z_:][a-zA-Z0-9_:]*</c>, a label <c>[a-zA-Z_][a-zA-Z0-9_]*</c>; any other character
/// becomes <c>_</c>, a digit in front gets one. Nothing is appended: a counter's <c>_total</c> stays as it was
/// named. Source: prometheus.io/docs/concepts/data_model.</remarks>
internal static class PrometheusNames
{
    /// <summary>A metric's name; an empty one is <c>_</c>.</summary>
    public static string Metric(string name) => Clean(name, allowsColon: true);

    /// <summary>A label's name; one that begins with <c>__</c>, which Prometheus keeps for itself, loses one
    /// underscore after the other down to one.</summary>
    public static string Label(string name)
    {
        var clean = Clean(name, allowsColon: false);
        return clean.StartsWith("__", StringComparison.Ordinal) ? $"_{clean.TrimStart('_')}" : clean;
    }

    /// <summary>Labels in order of name; the values of names that have become the same are joined with
    /// <c>;</c>.</summary>
    public static SortedDictionary<string, string> Labels(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (value.Length > 0)
            {
                var label = Label(name);
                labels[label] = labels.TryGetValue(label, out var other) ? $"{other};{value}" : value;
            }
        }

        return labels;
    }

    private static string Clean(string name, bool allowsColon)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            var isFine = char.IsAsciiLetterOrDigit(c) || c == '_' || (allowsColon && c == ':');
            if (clean.Length == 0 && char.IsAsciiDigit(c))
            {
                clean.Append('_');
            }

            clean.Append(isFine ? c : '_');
        }

        return clean.Length == 0 ? "_" : clean.ToString();
    }
}
