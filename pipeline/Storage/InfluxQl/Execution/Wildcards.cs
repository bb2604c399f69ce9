using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Replaces <c>*</c> and patterns among the columns by what they mean.</summary>
internal static class Wildcards
{
    /// <summary>The columns without wildcards, those of one wildcard by name.</summary>
    public static List<SelectField> Expand(
        IReadOnlyList<SelectField> fields, Schema schema, IReadOnlyList<string> dimensions)
    {
        var expanded = new List<SelectField>();
        foreach (var field in fields)
        {
            switch (field.Expression)
            {
                case Wildcard wildcard:
                    expanded.AddRange(Columns(schema, dimensions, _ => true, wildcard.Cast));
                    break;
                case RegexLiteral regex:
                    expanded.AddRange(Columns(schema, dimensions, regex.Pattern.Matches, ColumnCast.Any));
                    break;
                case Call call when Inner(call) is { } names:
                    expanded.AddRange(schema.Fields.Where(new Func<string, bool>(names)).Select(name => new SelectField(
                        Replace(call, new ColumnName(name, ColumnCast.Field)), $"{field.Alias ?? call.Name}_{name}")));
                    break;
                default:
                    expanded.Add(field);
                    break;
            }
        }

        return expanded;
    }

    private static IEnumerable<SelectField> Columns(
        Schema schema, IReadOnlyList<string> dimensions, Func<string, bool> matches, ColumnCast cast)
    {
        var fields = cast == ColumnCast.Tag ? [] : schema.Fields.Select(name => new ColumnName(name, ColumnCast.Field));
        var tags = cast == ColumnCast.Field || schema.Fields.Count == 0
            ? [] : schema.Tags.Except(dimensions).Select(name => new ColumnName(name, ColumnCast.Tag));
        return fields.Concat(tags)
            .Where(name => matches(name.Name))
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(name => new SelectField(name, null));
    }

    private static Predicate<string>? Inner(Call call) => call.Arguments.FirstOrDefault() switch
    {
        Wildcard => _ => true,
        RegexLiteral regex => regex.Pattern.Matches,
        Call inner => Inner(inner),
        _ => null,
    };

    private static Call Replace(Call call, ColumnName name) =>
        call with
        {
            Arguments =
            [
                call.Arguments[0] is Call inner ? Replace(inner, name) : name,
                .. call.Arguments.Skip(1),
            ],
        };
}
