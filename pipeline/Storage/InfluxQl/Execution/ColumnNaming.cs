using System.Globalization;
using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Names the columns of an answer: the alias, else the functions and fields in it; a name seen before gets
/// _1, _2.</summary>
internal static class ColumnNaming
{
    /// <summary>One name a field.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<SelectField> fields)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field.Alias is not null)
            {
                seen[field.Alias] = 1;
            }
        }

        return [.. fields.Select(field => field.Alias ?? Unique(NameOf(field.Expression), seen))];
    }

    /// <summary>The name that an expression gives itself.</summary>
    public static string NameOf(Expression expression) => expression switch
    {
        Call call => call.Name,
        ColumnName name => name.Name,
        Binary binary =>
            string.Join('_', new[] { NameOf(binary.Left), NameOf(binary.Right) }.Where(part => part != "")),
        _ => "",
    };

    private static string Unique(string name, Dictionary<string, int> seen)
    {
        if (!seen.TryGetValue(name, out var count))
        {
            seen[name] = 1;
            return name;
        }

        while (seen.ContainsKey(Numbered(name, count)))
        {
            count++;
        }

        seen[name] = count + 1;
        var unique = Numbered(name, count);
        seen[unique] = 1;
        return unique;
    }

    private static string Numbered(string name, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}_{count}");
}
