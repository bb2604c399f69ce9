using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Works out numbers and truths; NaN stands for null throughout.</summary>
internal static class Arithmetic
{
    /// <summary>Combines two numbers; null where either is. Dividing by zero gives zero, as in InfluxDB.</summary>
    public static double Combine(string sign, double left, double right) => sign switch
    {
        _ when double.IsNaN(left) || double.IsNaN(right) => double.NaN,
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? 0 : left / right,
        "%" => right == 0 ? 0 : left % right,
        _ => throw new InfluxQlException($"operator {sign} is not supported between fields"),
    };

    /// <summary>Whether a sign joins numbers to a number.</summary>
    public static bool IsArithmetic(string sign) => sign is "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^";

    /// <summary>A number of a row.</summary>
    public static double Number(Expression expression, Func<ColumnName, double> field) => expression switch
    {
        NumberLiteral number => number.Value,
        ColumnName name => field(name),
        Binary binary when IsArithmetic(binary.Operator) =>
            Combine(binary.Operator, Number(binary.Left, field), Number(binary.Right, field)),
        _ => double.NaN,
    };

    /// <summary>Whether a comparison of two numbers holds; never with null.</summary>
    public static bool Compare(string sign, double left, double right) => sign switch
    {
        _ when double.IsNaN(left) || double.IsNaN(right) => false,
        "=" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => false,
    };
}
