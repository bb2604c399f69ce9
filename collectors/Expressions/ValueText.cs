using System.Globalization;
using System.Text;

namespace Ops.Collectors.Expressions;

/// <summary>Values as text, the way Python's <c>str</c> and <c>repr</c> write them, and what kind they are.</summary>
internal static class ValueText
{
    private const int DepthMax = 50;

    public static string Of(object? value) => value as string ?? Write(value, 0, new StringBuilder()).ToString();

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

    // A list may hold another many times over, so the text is measured while it grows.
    private static StringBuilder Write(object? value, int depth, StringBuilder text)
    {
        if (depth > DepthMax)
        {
            throw new EvaluationException($"is nested deeper than {DepthMax} levels");
        }

        if (text.Length > EvaluationScope.SizeMax)
        {
            throw new EvaluationException($"makes a text of more than {EvaluationScope.SizeMax} characters");
        }

        return value switch
        {
            null => text.Append("None"),
            bool truth => text.Append(truth ? "True" : "False"),
            long whole => text.Append(CultureInfo.InvariantCulture, $"{whole}"),
            double number => text.Append(Number(number)),
            string letters => Quote(letters, text),
            IReadOnlyDictionary<string, object?> map => Row(map, '{', '}', text, member =>
                Write(member.Value, depth + 1, Quote(member.Key, text).Append(": "))),
            IReadOnlyList<object?> list => Row(list, '[', ']', text, item => Write(item, depth + 1, text)),
            _ => text.Append(value),
        };
    }

    private static StringBuilder Row<T>(
        IEnumerable<T> items, char opening, char closing, StringBuilder text, Action<T> write)
    {
        text.Append(opening);
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ", ");
            isFirst = false;
            write(item);
        }

        return text.Append(closing);
    }

    private static StringBuilder Quote(string letters, StringBuilder text)
    {
        var mark = letters.Contains('\'') && !letters.Contains('"') ? '"' : '\'';
        text.Append(mark);
        foreach (var c in letters)
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\\' => text.Append("\\\\"),
                _ when c == mark => text.Append('\\').Append(c),
                _ => text.Append(c),
            };
        }

        return text.Append(mark);
    }
}
