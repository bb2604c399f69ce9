using Ops.Collectors.Expressions;
using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>
/// How a value is got out of an entry: <c>a.b.c | value * 10 | ...</c> (a path of keys, then expressions over
/// <c>value</c>), or <c>= expression</c> over the entry.
/// </summary>
/// <remarks><c>.</c> is the whole entry. Source: Ceilometer's operations on extracted attributes.</remarks>
internal sealed class Extract
{
    private readonly IReadOnlyList<string> _path;
    private readonly IReadOnlyList<ValueExpression> _steps;
    private readonly ValueExpression? _whole;

    private Extract(string text, IReadOnlyList<string> path, IReadOnlyList<ValueExpression> steps,
        ValueExpression? whole) => (Text, _path, _steps, _whole) = (text, path, steps, whole);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads one; null after a fault.</summary>
    public static Extract? Read(
        ConfigNode node, string what, IReadOnlyList<string> names, ConfigFaults faults)
    {
        if (node.Kind != ConfigNodeKind.Scalar || string.IsNullOrWhiteSpace(node.Text))
        {
            faults.Add(node, $"{what} must be a path or an expression, found {node.Describe()}");
            return null;
        }

        var text = node.Text;
        if (text.StartsWith('='))
        {
            return Expression(node, text, 1, text.Length, what, names, faults) is { } whole
                ? new Extract(text, [], [], whole)
                : null;
        }

        var marks = Bars(text);
        var path = text[..marks[0]].Trim();
        var steps = new List<ValueExpression?>();
        for (var at = 0; at + 1 < marks.Count; at++)
        {
            steps.Add(Expression(
                node, text, marks[at] + 1, marks[at + 1], what, [.. names, "value"], faults));
        }

        return steps.Contains(null)
            ? null
            : new Extract(text, path == "." ? [] : path.Split('.'), [.. steps.OfType<ValueExpression>()], null);
    }

    /// <summary>The value; <see cref="EvaluationException"/> where it cannot be had.</summary>
    public object? Of(object? entry, IReadOnlyDictionary<string, object?> variables)
    {
        if (_whole is not null)
        {
            return _whole.Evaluate(variables);
        }

        var value = entry;
        foreach (var key in _path)
        {
            value = value is IReadOnlyDictionary<string, object?> map && map.TryGetValue(key, out var inner)
                ? inner
                : throw new EvaluationException($"there is no '{key}' ({Text})", isMissing: true);
        }

        foreach (var step in _steps)
        {
            value = step.Evaluate(new Dictionary<string, object?>(variables) { ["value"] = value });
        }

        return value;
    }

    /// <summary>The value; null where something on the way is not there.</summary>
    public object? OrNull(object? entry, IReadOnlyDictionary<string, object?> variables)
    {
        try
        {
            return Of(entry, variables);
        }
        catch (EvaluationException fault) when (fault.IsMissing)
        {
            return null;
        }
    }

    private static ValueExpression? Expression(
        ConfigNode node, string text, int from, int to, string what, IReadOnlyList<string> names,
        ConfigFaults faults)
    {
        if (ValueExpression.TryParse(text[from..to], names, out var expression, out var at, out var problem))
        {
            return expression;
        }

        var column = node.Column + from + at + (node.IsQuoted ? 1 : 0);
        faults.Add(new ConfigFault(node.File, node.Line, column, $"{what} is not a valid expression: {problem}"));
        return null;
    }

    /// <summary>Where the bars outside of quotes and brackets are, and the end.</summary>
    private static List<int> Bars(string text)
    {
        var bars = new List<int>();
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quote != '\0')
            {
                at += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"' && bars.Count > 0)
            {
                quote = c;
            }
            else if (c == '|')
            {
                bars.Add(at);
            }
        }

        bars.Add(text.Length);
        return bars;
    }
}
