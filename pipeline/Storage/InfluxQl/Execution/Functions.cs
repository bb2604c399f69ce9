using System.Collections.Frozen;
using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>What a function makes of the points of a group.</summary>
internal enum FunctionKind
{
    /// <summary>One number.</summary>
    Reducer,

    /// <summary>One of the points.</summary>
    Selector,

    /// <summary>Several numbers.</summary>
    Several,

    /// <summary>A number for each point, from it and those before.</summary>
    Transform,
}

/// <summary>The functions that there are, and whether a call of one is right.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, (FunctionKind Kind, int Min, int Max)> All =
        new Dictionary<string, (FunctionKind, int, int)>
        {
            ["mean"] = (FunctionKind.Reducer, 1, 1),
            ["median"] = (FunctionKind.Reducer, 1, 1),
            ["mode"] = (FunctionKind.Reducer, 1, 1),
            ["sum"] = (FunctionKind.Reducer, 1, 1),
            ["count"] = (FunctionKind.Reducer, 1, 1),
            ["spread"] = (FunctionKind.Reducer, 1, 1),
            ["stddev"] = (FunctionKind.Reducer, 1, 1),
            ["min"] = (FunctionKind.Selector, 1, 1),
            ["max"] = (FunctionKind.Selector, 1, 1),
            ["first"] = (FunctionKind.Selector, 1, 1),
            ["last"] = (FunctionKind.Selector, 1, 1),
            ["percentile"] = (FunctionKind.Selector, 2, 2),
            ["distinct"] = (FunctionKind.Several, 1, 1),
            ["top"] = (FunctionKind.Several, 2, 2),
            ["bottom"] = (FunctionKind.Several, 2, 2),
            ["derivative"] = (FunctionKind.Transform, 1, 2),
            ["non_negative_derivative"] = (FunctionKind.Transform, 1, 2),
            ["difference"] = (FunctionKind.Transform, 1, 1),
            ["non_negative_difference"] = (FunctionKind.Transform, 1, 1),
            ["moving_average"] = (FunctionKind.Transform, 2, 2),
            ["cumulative_sum"] = (FunctionKind.Transform, 1, 1),
            ["elapsed"] = (FunctionKind.Transform, 1, 2),
        }.ToFrozenDictionary();

    /// <summary>What a function is.</summary>
    public static FunctionKind KindOf(Call call) => All[call.Name].Kind;

    /// <summary>The number or the nanoseconds that a call's second argument gives.</summary>
    public static double Parameter(Call call) => call.Arguments.ElementAtOrDefault(1) switch
    {
        NumberLiteral number => number.Value,
        DurationLiteral duration => duration.Ns,
        _ => double.NaN,
    };

    /// <summary>Checks the name and the arguments of a call and of the calls in it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="hasWindows">Whether the statement groups by time.</param>
    /// <exception cref="InfluxQlException">With InfluxDB's wording.</exception>
    public static void Check(Call call, bool hasWindows)
    {
        if (!All.TryGetValue(call.Name, out var function))
        {
            throw new InfluxQlException($"undefined function {call.Name}()");
        }

        var count = call.Arguments.Count;
        if (count < function.Min || count > function.Max)
        {
            var expected = function.Min == function.Max
                ? $"expected {function.Min}" : $"expected at least {function.Min} but no more than {function.Max}";
            throw new InfluxQlException($"invalid number of arguments for {call.Name}, {expected}, got {count}");
        }

        CheckFirst(call, function.Kind, hasWindows);
        if (count == 2)
        {
            CheckSecond(call, function.Kind);
        }
    }

    private static void CheckFirst(Call call, FunctionKind kind, bool hasWindows)
    {
        switch (call.Arguments[0])
        {
            case Call inner when kind == FunctionKind.Transform:
                if (!hasWindows)
                {
                    throw new InfluxQlException($"{call.Name} aggregate requires a GROUP BY interval");
                }

                Check(inner, hasWindows);
                break;
            case Call { Name: "distinct" } inner when call.Name == "count":
                Check(inner, hasWindows);
                break;
            case ColumnName when kind == FunctionKind.Transform && hasWindows:
                throw new InfluxQlException($"aggregate function required inside the call to {call.Name}");
            case ColumnName:
                break;
            default:
                throw new InfluxQlException($"expected field argument in {call.Name}()");
        }
    }

    private static void CheckSecond(Call call, FunctionKind kind)
    {
        switch (call.Arguments[1])
        {
            case DurationLiteral duration when kind == FunctionKind.Transform && call.Name != "moving_average":
                if (duration.Ns <= 0)
                {
                    throw new InfluxQlException(
                        $"duration argument must be positive, got {InfluxDuration.Format(duration.Ns)}");
                }

                break;
            case NumberLiteral when call.Name == "percentile":
                break;
            case NumberLiteral { IsInteger: true } number when call.Name is "moving_average" or "top" or "bottom":
                if (number.Value < (call.Name == "moving_average" ? 2 : 1))
                {
                    throw new InfluxQlException(call.Name == "moving_average"
                        ? $"moving_average window must be greater than 1, got {number.Value}"
                        : $"limit ({number.Value}) in {call.Name} function must be at least 1");
                }

                break;
            case var other when kind == FunctionKind.Transform && call.Name != "moving_average":
                throw new InfluxQlException(
                    $"second argument to {call.Name} must be a duration, got *influxql.{GoName(other)}");
            default:
                throw new InfluxQlException(call.Name == "percentile"
                    ? "expected float argument in percentile()" : $"expected integer argument in {call.Name}()");
        }
    }

    private static string GoName(Expression expression) => expression switch
    {
        NumberLiteral { IsInteger: true } => "IntegerLiteral",
        NumberLiteral => "NumberLiteral",
        TextLiteral => "StringLiteral",
        ColumnName => "VarRef",
        _ => expression.GetType().Name,
    };
}
