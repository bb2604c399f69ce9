using System.Globalization;
using System.Text;

namespace Ops.Collectors.Expressions;

/// <summary>Values as text, the way Python's <c>str</c> and <c>repr</c> write them, and what kind they are.</summary>
internal static class ValueText
{
    private const int DepthMax = 50;

    public static string Of(object? value) => value as string ?? Quoted(value, 0);

    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        var size = Math.Abs(value);
        if (size is not 0 and (>= 1e16 or < 1e-4))
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture);
            if (!text.Contains('E'))
            {
                text = value.ToString("0.################E+00", CultureInfo.InvariantCulture);
            }

            return text.Replace("E", "e", StringComparison.Ordinal);
        }

        var plain = value.ToString("0.0################", CultureInfo.InvariantCulture);
        return double.Parse(plain, CultureInfo.InvariantCulture) == value
            ? plain
            : value.ToString("R", CultureInfo.InvariantCulture);
    }

    public static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long => "a whole number",
        double => "a number",
        string => "text",
        IReadOnlyDictionary<string, object?> => "a mapping",
        IReadOnlyList<object?> => "a list",
        _ => value.GetType().Name,
    };

    private static string Quoted(object? value, int depth)
    {
        if (depth > DepthMax)
        {
            throw new EvaluationException($"is nested deeper than {DepthMax} levels");
        }

        return value switch
        {
            null => "None",
            true => "True",
            false => "False",
            long whole => whole.ToString(CultureInfo.InvariantCulture),
            double number => Number(number),
            string text => Quote(text),
            IReadOnlyDictionary<string, object?> map => "{" + string.Join(
                ", ", map.Select(pair => $"{Quote(pair.Key)}: {Quoted(pair.Value, depth + 1)}")) + "}",
            IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(item => Quoted(item, depth + 1)))}]",
            _ => value.ToString() ?? "",
        };
    }

    private static string Quote(string text)
    {
        var mark = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(mark);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\\' => quoted.Append("\\\\"),
                _ when c == mark => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(mark).ToString();
    }
}
