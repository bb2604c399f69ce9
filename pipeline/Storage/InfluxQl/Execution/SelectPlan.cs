using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>A SELECT with its wildcards expanded, its columns named and its rules checked.</summary>
internal sealed class SelectPlan
{
    private SelectPlan(
        SelectStatement statement, IReadOnlyList<SelectField> fields, IReadOnlyList<string> dimensions, Windows windows)
    {
        Statement = statement;
        Fields = fields;
        Dimensions = dimensions;
        Windows = windows;
        Columns = ColumnNaming.Of(fields);
        Calls = [.. fields.SelectMany(field => CallsIn(field.Expression))];
        LoneSelector = Calls.Count == 1 && Functions.KindOf(Calls[0]) is FunctionKind.Selector or FunctionKind.Several
            && Calls[0].Name != "distinct" ? Calls[0] : null;
    }

    /// <summary>As written.</summary>
    public SelectStatement Statement { get; }

    /// <summary>The columns' expressions.</summary>
    public IReadOnlyList<SelectField> Fields { get; }

    /// <summary>The columns' names, after <c>time</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The tags to group by, in order.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>The windows to group by.</summary>
    public Windows Windows { get; }

    /// <summary>The outermost calls.</summary>
    public IReadOnlyList<Call> Calls { get; }

    /// <summary>The one call, where it picks points and so keeps their own times; else null.</summary>
    public Call? LoneSelector { get; }

    /// <summary>How far before its range points are read, for functions that look back, in windows.</summary>
    public int WindowsBefore => Windows.Any && Calls.Any(call => Functions.KindOf(call) == FunctionKind.Transform)
        ? Calls.Max(call => call.Name == "moving_average" ? (int)Functions.Parameter(call) : 1) : 0;

    /// <summary>Expands and checks.</summary>
    /// <exception cref="InfluxQlException">With InfluxDB's wording.</exception>
    public static SelectPlan Of(SelectStatement statement, Schema schema)
    {
        var (dimensions, windows) = GroupBy.Of(statement, schema);
        var fields = Wildcards.Expand(WithoutTime(statement.Fields), schema, dimensions);
        foreach (var call in fields.SelectMany(field => CallsIn(field.Expression)))
        {
            Functions.Check(call, windows.Any);
        }

        var plan = new SelectPlan(statement, fields, dimensions, windows);
        plan.CheckMix();
        return plan;
    }

    /// <summary>The calls in an expression that are in no other call.</summary>
    public static IEnumerable<Call> CallsIn(Expression expression) => expression switch
    {
        Call call => [call],
        Binary binary => CallsIn(binary.Left).Concat(CallsIn(binary.Right)),
        _ => [],
    };

    private static List<SelectField> WithoutTime(IReadOnlyList<SelectField> fields)
    {
        var rest = fields.Where(field => field.Expression is not ColumnName { Name: "time" }).ToList();
        return rest.Count > 0 ? rest : throw new InfluxQlException("at least 1 non-time field must be queried");
    }

    private static IEnumerable<ColumnName> NamesOutsideCalls(Expression expression) => expression switch
    {
        ColumnName name => [name],
        Binary binary => NamesOutsideCalls(binary.Left).Concat(NamesOutsideCalls(binary.Right)),
        _ => [],
    };

    private void CheckMix()
    {
        foreach (var field in Fields)
        {
            if (!CallsIn(field.Expression).Any() && !NamesOutsideCalls(field.Expression).Any())
            {
                throw new InfluxQlException("field must contain at least one variable");
            }
        }

        if (Calls.Count == 0)
        {
            if (Windows.Any)
            {
                throw new InfluxQlException("GROUP BY requires at least one aggregate function");
            }

            return;
        }

        if (Fields.Any(field => NamesOutsideCalls(field.Expression).Any())
            && (LoneSelector is null || !Fields.Any(field => ReferenceEquals(field.Expression, LoneSelector))))
        {
            throw new InfluxQlException("mixing aggregate and non-aggregate queries is not supported");
        }

        if (Fields.Count > 1 && Calls.FirstOrDefault(call => call.Name is "distinct") is not null)
        {
            throw new InfluxQlException(
                "aggregate function distinct() cannot be combined with other functions or fields");
        }

        if (Calls.Count > 1 && Calls.FirstOrDefault(call => call.Name is "top" or "bottom") is { } several)
        {
            throw new InfluxQlException($"selector function {several.Name}() cannot be combined with other functions");
        }
    }
}
