using Ops.Storage.InfluxQl.Syntax;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Applies a condition to strands: what its tags decide once, what its fields decide row by row.</summary>
internal static class RowCondition
{
    /// <summary>Works out what a strand's tags decide.</summary>
    /// <returns>A truth, or what its fields have yet to decide.</returns>
    public static Expression Reduce(Expression expression, Strand strand, Schema schema)
    {
        if (expression is not Binary binary)
        {
            return expression;
        }

        if (binary.Operator is not ("AND" or "OR"))
        {
            return TagComparison(binary, strand, schema) is { } decided ? new TruthLiteral(decided) : binary;
        }

        var left = Reduce(binary.Left, strand, schema);
        var right = Reduce(binary.Right, strand, schema);
        var stops = binary.Operator == "OR";
        return (left, right) switch
        {
            (TruthLiteral a, _) => a.Value == stops ? a : right,
            (_, TruthLiteral b) => b.Value == stops ? b : left,
            _ => new Binary(binary.Operator, left, right),
        };
    }

    /// <summary>Keeps of a strand's fields just the rows for which a reduced condition holds.</summary>
    public static void Filter(Strand strand, Expression condition, IReadOnlyCollection<string> fields)
    {
        var kept = fields.ToDictionary(field => field, _ => new Points(), StringComparer.Ordinal);
        foreach (var row in StrandRows.Of(strand, [.. fields]))
        {
            if (!Holds(condition, name => row.Value(name.Name)))
            {
                continue;
            }

            foreach (var (field, points) in kept)
            {
                if (row.Value(field) is var value && !double.IsNaN(value))
                {
                    points.Add(row.TimeNs, value);
                }
            }
        }

        foreach (var (field, points) in kept)
        {
            strand.Fields[field] = points;
        }
    }

    /// <summary>The names in an expression that mean fields.</summary>
    public static IEnumerable<string> FieldsIn(Expression expression, Schema schema) => expression switch
    {
        ColumnName name when schema.IsField(name) => [name.Name],
        Binary binary => FieldsIn(binary.Left, schema).Concat(FieldsIn(binary.Right, schema)),
        Call call => call.Arguments.SelectMany(argument => FieldsIn(argument, schema)),
        _ => [],
    };

    private static bool Holds(Expression condition, Func<ColumnName, double> field) => condition switch
    {
        TruthLiteral truth => truth.Value,
        Binary { Operator: "AND" } and => Holds(and.Left, field) && Holds(and.Right, field),
        Binary { Operator: "OR" } or => Holds(or.Left, field) || Holds(or.Right, field),
        Binary comparison => Arithmetic.Compare(
            comparison.Operator, Arithmetic.Number(comparison.Left, field), Arithmetic.Number(comparison.Right, field)),
        _ => false,
    };

    private static bool? TagComparison(Binary comparison, Strand strand, Schema schema)
    {
        if (comparison.Right is RegexLiteral regex)
        {
            return Text(comparison.Left, strand, schema) is { } subject
                && regex.Pattern.Matches(subject) == (comparison.Operator == "=~");
        }

        if (Text(comparison.Left, strand, schema) is not { } left)
        {
            return Text(comparison.Right, strand, schema) is null ? null : false;
        }

        if (Text(comparison.Right, strand, schema) is not { } right)
        {
            return false;
        }

        return comparison.Operator switch
        {
            "=" => left == right,
            "!=" => left != right,
            _ => false,
        };
    }

    private static string? Text(Expression expression, Strand strand, Schema schema) => expression switch
    {
        TextLiteral text => text.Value,
        ColumnName name when !schema.IsField(name) => strand.Tag(name.Name),
        _ => null,
    };
}
