namespace Ops.Pipeline.Expressions;

/// <summary>Arithmetic with Python's results: <c>/</c> is exact, <c>//</c> and <c>%</c> round down, zero divides
/// nothing.</summary>
internal static class ExpressionArithmetic
{
    /// <summary>The longest text that adding gives, in characters.</summary>
    public const int TextCharsMax = 65_536;

    private const string DivisionByZero = "division by zero";

    public static ExpressionValue Add(in ExpressionValue a, in ExpressionValue b)
    {
        if (a.Type == ExpressionType.Text && b.Type == ExpressionType.Text)
        {
            return a.AsText.Length + b.AsText.Length > TextCharsMax
                ? ExpressionValue.Error("the text gets too long")
                : ExpressionValue.Of(a.AsText + b.AsText);
        }

        if (!AreNumbers(a, b))
        {
            return Refused("+", a, b);
        }

        if (a.IsWhole && b.IsWhole)
        {
            var sum = unchecked(a.AsInt + b.AsInt);
            var overflowed = ((a.AsInt ^ sum) & (b.AsInt ^ sum)) < 0;
            return overflowed ? ExpressionValue.Of(a.AsFloat + b.AsFloat) : ExpressionValue.Of(sum);
        }

        return ExpressionValue.Of(a.AsFloat + b.AsFloat);
    }

    public static ExpressionValue Subtract(in ExpressionValue a, in ExpressionValue b)
    {
        if (!AreNumbers(a, b))
        {
            return Refused("-", a, b);
        }

        if (a.IsWhole && b.IsWhole)
        {
            var difference = unchecked(a.AsInt - b.AsInt);
            var overflowed = ((a.AsInt ^ b.AsInt) & (a.AsInt ^ difference)) < 0;
            return overflowed ? ExpressionValue.Of(a.AsFloat - b.AsFloat) : ExpressionValue.Of(difference);
        }

        return ExpressionValue.Of(a.AsFloat - b.AsFloat);
    }

    public static ExpressionValue Multiply(in ExpressionValue a, in ExpressionValue b)
    {
        if ((a.Type == ExpressionType.Text && b.IsWhole) || (a.IsWhole && b.Type == ExpressionType.Text))
        {
            return a.IsWhole ? Repeat(b.AsText, a.AsInt) : Repeat(a.AsText, b.AsInt);
        }

        if (!AreNumbers(a, b))
        {
            return Refused("*", a, b);
        }

        if (a.IsWhole && b.IsWhole)
        {
            var high = Math.BigMul(a.AsInt, b.AsInt, out var low);
            var fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
            return fits ? ExpressionValue.Of(low) : ExpressionValue.Of(a.AsFloat * b.AsFloat);
        }

        return ExpressionValue.Of(a.AsFloat * b.AsFloat);
    }

    public static ExpressionValue Divide(in ExpressionValue a, in ExpressionValue b)
    {
        if (!AreNumbers(a, b))
        {
            return Refused("/", a, b);
        }

        return b.AsFloat == 0 ? ExpressionValue.Error(DivisionByZero) : ExpressionValue.Of(a.AsFloat / b.AsFloat);
    }

    public static ExpressionValue FloorDivide(in ExpressionValue a, in ExpressionValue b)
    {
        if (!AreNumbers(a, b))
        {
            return Refused("//", a, b);
        }

        if (b.AsFloat == 0)
        {
            return ExpressionValue.Error(DivisionByZero);
        }

        if (!a.IsWhole || !b.IsWhole || b.AsInt == -1)
        {
            return a.IsWhole && b.IsWhole
                ? Negate(a)
                : ExpressionValue.Of(FloorDivide(a.AsFloat, b.AsFloat));
        }

        var (quotient, rest) = Math.DivRem(a.AsInt, b.AsInt);
        return ExpressionValue.Of(rest != 0 && (rest < 0) != (b.AsInt < 0) ? quotient - 1 : quotient);
    }

    public static ExpressionValue Modulo(in ExpressionValue a, in ExpressionValue b)
    {
        if (!AreNumbers(a, b))
        {
            return Refused("%", a, b);
        }

        if (b.AsFloat == 0)
        {
            return ExpressionValue.Error(DivisionByZero);
        }

        if (!a.IsWhole || !b.IsWhole)
        {
            return ExpressionValue.Of(Modulo(a.AsFloat, b.AsFloat));
        }

        var rest = b.AsInt == -1 ? 0 : a.AsInt % b.AsInt;
        return ExpressionValue.Of(rest != 0 && (rest < 0) != (b.AsInt < 0) ? rest + b.AsInt : rest);
    }

    public static ExpressionValue Power(in ExpressionValue a, in ExpressionValue b)
    {
        if (!AreNumbers(a, b))
        {
            return Refused("**", a, b);
        }

        if (a.IsWhole && b.IsWhole && b.AsInt >= 0 && TryPower(a.AsInt, b.AsInt, out var whole))
        {
            return ExpressionValue.Of(whole);
        }

        if (a.AsFloat == 0 && b.AsFloat < 0)
        {
            return ExpressionValue.Error(DivisionByZero);
        }

        if (a.AsFloat < 0 && b.AsFloat != Math.Floor(b.AsFloat))
        {
            return ExpressionValue.Error("a negative number to a broken power is not a real number");
        }

        var power = Math.Pow(a.AsFloat, b.AsFloat);
        return double.IsInfinity(power)
            ? ExpressionValue.Error("the power is too large")
            : ExpressionValue.Of(power);
    }

    public static ExpressionValue Negate(in ExpressionValue a) => a.Type switch
    {
        ExpressionType.Float => ExpressionValue.Of(-a.AsFloat),
        ExpressionType.Bool or ExpressionType.Int =>
            a.AsInt == long.MinValue ? ExpressionValue.Of(-a.AsFloat) : ExpressionValue.Of(-a.AsInt),
        ExpressionType.Error => a,
        _ => ExpressionValue.Error($"- does not go with {a.Describe()}"),
    };

    public static ExpressionValue Plus(in ExpressionValue a) => a.Type switch
    {
        ExpressionType.Bool => ExpressionValue.Of(a.AsInt),
        ExpressionType.Int or ExpressionType.Float or ExpressionType.Error => a,
        _ => ExpressionValue.Error($"+ does not go with {a.Describe()}"),
    };

    private static ExpressionValue Repeat(string text, long times) =>
        times <= 0 ? ExpressionValue.Of("")
        : times > TextCharsMax / Math.Max(1, text.Length) ? ExpressionValue.Error("the text gets too long")
        : ExpressionValue.Of(string.Concat(Enumerable.Repeat(text, (int)times)));

    private static double Modulo(double a, double b)
    {
        var rest = a % b;
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }

    private static double FloorDivide(double a, double b)
    {
        var quotient = (a - Modulo(a, b)) / b;
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static bool TryPower(long value, long exponent, out long power)
    {
        power = 1;
        var factor = (Int128)value;
        for (; exponent > 0; exponent >>= 1)
        {
            if (factor > long.MaxValue || factor < long.MinValue)
            {
                return false;
            }

            if ((exponent & 1) == 1)
            {
                var next = power * factor;
                if (next > long.MaxValue || next < long.MinValue)
                {
                    return false;
                }

                power = (long)next;
            }

            factor *= factor;
        }

        return true;
    }

    private static bool AreNumbers(in ExpressionValue a, in ExpressionValue b) => a.IsNumber && b.IsNumber;

    private static ExpressionValue Refused(string sign, in ExpressionValue a, in ExpressionValue b) =>
        a.IsError ? a
        : b.IsError ? b
        : ExpressionValue.Error($"{sign} does not go with {a.Describe()} and {b.Describe()}");
}
