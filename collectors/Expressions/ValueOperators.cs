using System.Collections.ObjectModel;

namespace Ops.Collectors.Expressions;

/// <summary>Arithmetic and comparison as Python does them.</summary>
internal static class ValueOperators
{
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        long whole => whole != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyDictionary<string, object?> map => map.Count > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        _ => true,
    };

    public static object? Apply(string sign, object? left, object? right, EvaluationScope scope)
    {
        switch (sign, left, right)
        {
            case ("+", string a, string b):
                scope.Spend(a.Length + b.Length);
                return a + b;
            case ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b):
                scope.Spend(a.Count + b.Count);
                return new List<object?>([.. a, .. b]);
            case ("*", string text, long times):
                return Repeat(text, times, scope);
            case ("%", string pattern, _):
                return ValueFormat.Percent(pattern, right, scope);
        }

        left = left is bool l ? (l ? 1L : 0L) : left;
        right = right is bool r ? (r ? 1L : 0L) : right;
        return (left, right) switch
        {
            (long a, long b) => Wholes(sign, a, b),
            (long or double, long or double) => Numbers(sign, AsDouble(left), AsDouble(right)),
            _ => throw new EvaluationException(
                $"'{sign}' does not go between {ValueText.Kind(left)} and {ValueText.Kind(right)}"),
        };
    }

    public static bool Compare(string sign, object? left, object? right, EvaluationScope scope) => sign switch
    {
        "==" or "is" => Same(left, right, scope),
        "!=" or "is not" => !Same(left, right, scope),
        "in" => Within(left, right, scope),
        "not in" => !Within(left, right, scope),
        "<" => Order(left, right) < 0,
        "<=" => Order(left, right) <= 0,
        ">" => Order(left, right) > 0,
        _ => Order(left, right) >= 0,
    };

    /// <summary>Equality outside an expression, with the limits of one.</summary>
    public static bool Same(object? left, object? right) =>
        Same(left, right, new EvaluationScope(ReadOnlyDictionary<string, object?>.Empty));

    public static bool Same(object? left, object? right, EvaluationScope scope)
    {
        switch (left, right)
        {
            case (null, null): return true;
            case (string a, string b): return a == b;
            case (bool or long or double, bool or long or double): return AsDouble(left) == AsDouble(right);
            case (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b):
                return a.Count == b.Count
                    && a.All(pair => b.TryGetValue(pair.Key, out var other) && SamePart(pair.Value, other, scope));
            case (IReadOnlyList<object?> a, IReadOnlyList<object?> b):
                return a.Count == b.Count && a.Zip(b).All(pair => SamePart(pair.First, pair.Second, scope));
            default: return false;
        }
    }

    public static int Order(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool or long or double, bool or long or double) => AsDouble(left).CompareTo(AsDouble(right)),
        _ => throw new EvaluationException(
            $"{ValueText.Kind(left)} and {ValueText.Kind(right)} cannot be put in order"),
    };

    public static double AsDouble(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        long whole => whole,
        double number => number,
        _ => throw new EvaluationException($"a number is wanted, not {ValueText.Kind(value)}"),
    };

    // A list may hold another many times over, so what is compared is counted.
    private static bool SamePart(object? left, object? right, EvaluationScope scope)
    {
        scope.Spend(1);
        return Same(left, right, scope);
    }

    private static bool Within(object? part, object? whole, EvaluationScope scope)
    {
        switch (whole)
        {
            case string text when part is string piece:
                return text.Contains(piece, StringComparison.Ordinal);
            case IReadOnlyDictionary<string, object?> map:
                return part is string key && map.ContainsKey(key);
            case IReadOnlyList<object?> list:
                scope.Spend(list.Count);
                return list.Any(item => Same(item, part, scope));
            default:
                throw new EvaluationException(
                    $"'in' does not go between {ValueText.Kind(part)} and {ValueText.Kind(whole)}");
        }
    }

    private static object Wholes(string sign, long a, long b)
    {
        if (b == 0 && sign is "/" or "//" or "%" && b == 0)
        {
            throw new EvaluationException("division by zero");
        }

        try
        {
            return checked(sign switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => (object)((double)a / b),
                "//" => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0),
                "%" => ((a % b) + b) % b,
                _ => Power(a, b),
            });
        }
        catch (OverflowException)
        {
            return Numbers(sign, a, b);
        }
    }

    private static object Power(long a, long b)
    {
        var power = Math.Pow(a, b);
        return b >= 0 && Math.Abs(power) < 1L << 53 ? (object)(long)power : power;
    }

    private static object Numbers(string sign, double a, double b)
    {
        if (b == 0 && sign is "/" or "//" or "%" && b == 0)
        {
            throw new EvaluationException("division by zero");
        }

        return sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => a - (b * Math.Floor(a / b)),
            _ => Math.Pow(a, b),
        };
    }

    private static string Repeat(string text, long times, EvaluationScope scope)
    {
        if (times <= 0)
        {
            return "";
        }

        if (text.Length * (double)times > EvaluationScope.SizeMax)
        {
            throw new EvaluationException($"makes a text of more than {EvaluationScope.SizeMax} characters");
        }

        scope.Spend((int)(text.Length * times));
        return string.Concat(Enumerable.Repeat(text, (int)times));
    }
}
