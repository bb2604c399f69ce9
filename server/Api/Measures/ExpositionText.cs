using System.Globalization;
using System.Text;

namespace Ops.Server.Api.Measures;

/// <summary>Writes the text format 0.0.4 of Prometheus: HELP and TYPE once for each family, then its values.</summary>
internal sealed class ExpositionText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a family.</summary>
    /// <param name="name">Its name; characters that the format does not allow become <c>_</c>.</param>
    /// <param name="type">counter, gauge or untyped.</param>
    /// <param name="help">What it counts, with its unit.</param>
    /// <param name="values">Its values, each with its labels.</param>
    public void Family(string name, string type, string help, params IEnumerable<(string Labels, double Value)> values)
    {
        var clean = Name(name);
        _text.Append("# HELP ").Append(clean).Append(' ').Append(Escape(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(clean).Append(' ').Append(type).Append('\n');
        foreach (var (labels, value) in values)
        {
            _text.Append(clean).Append(labels).Append(' ').Append(Number(value)).Append('\n');
        }
    }

    /// <summary>One label in braces.</summary>
    public static string Label(string name, string value) => Labels((name, value));

    /// <summary>Several labels in braces.</summary>
    public static string Labels(params IEnumerable<(string Name, string Value)> labels) =>
        "{" + string.Join(',', labels.Select(one => $"{Name(one.Name)}=\"{Escape(one.Value, quotes: true)}\"")) + "}";

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Name(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
