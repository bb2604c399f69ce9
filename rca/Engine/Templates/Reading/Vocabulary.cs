using System.Collections.Immutable;
using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>An entity as a template defines it.</summary>
internal sealed record EntityDefinition(string Id, string? Category, ImmutableArray<PropertyPredicate> Predicates)
{
    private const string RegexSuffix = ".regex";

    /// <summary>Reads the properties of a mapping; anything that is not text is passed over.</summary>
    public static EntityDefinition Read(string id, ConfigNode mapping)
    {
        var predicates = ImmutableArray.CreateBuilder<PropertyPredicate>();
        foreach (var member in mapping.Members)
        {
            if (member.Key == "template_id" || member.Value.Kind != ConfigNodeKind.Scalar)
            {
                continue;
            }

            var value = member.Value.Text ?? "";
            predicates.Add(IsRegex(member.Key)
                ? new PropertyPredicate(
                    PropertyNames.Full(member.Key[..^RegexSuffix.Length]), PredicateKind.Regex, value)
                : new PropertyPredicate(PropertyNames.Full(member.Key), PredicateKind.Equal, value));
        }

        return new EntityDefinition(id, mapping["category"]?.Text, predicates.ToImmutable());
    }

    /// <summary>Reports the regular expressions that cannot be used.</summary>
    public static void CheckPatterns(ConfigNode mapping, TemplateFaults faults)
    {
        foreach (var member in mapping.Members)
        {
            if (IsRegex(member.Key) && member.Value.Kind == ConfigNodeKind.Scalar
                && !Patterns.PropertyPattern.TryCreate(member.Value.Text ?? "", out _, out var error))
            {
                faults.Add(
                    member.Value, TemplateStatus.BadRegex,
                    $"'{member.Key}' is not a usable regular expression: {error}, found '{member.Value.Text}'");
            }
        }
    }

    private static bool IsRegex(string key) => key.EndsWith(RegexSuffix, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A relationship as versions 1 and 2 define it.</summary>
internal sealed record RelationDefinition(string Id, string Source, string Label, string Target);

/// <summary>The names that conditions and actions of a template may use.</summary>
internal sealed class Vocabulary
{
    public Dictionary<string, EntityDefinition> Entities { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RelationDefinition> Relations { get; } = new(StringComparer.Ordinal);

    public bool Knows(string id) => Entities.ContainsKey(id) || Relations.ContainsKey(id);

    public IReadOnlyCollection<string> Names => [.. Entities.Keys, .. Relations.Keys];
}
