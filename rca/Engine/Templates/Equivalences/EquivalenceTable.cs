using System.Collections.Immutable;
using Ops.Model;
using Ops.Rca.Templates.Reading;

namespace Ops.Rca.Templates.Equivalences;

/// <summary>Which entities stand for each other in every template of a set.</summary>
/// <remarks>An entity of a template is meant when it has exactly the same properties.</remarks>
internal sealed class EquivalenceTable
{
    private static readonly MappingShape Root = new MappingShape()
        .Required("metadata", TemplateStatus.NoMetadata, MappingShape.Mapping)
        .Required("equivalences", TemplateStatus.Syntax, MappingShape.List);

    private static readonly MappingShape Metadata = new MappingShape()
        .Optional("version", MappingShape.Text)
        .Required("name", TemplateStatus.NoName, MappingShape.Text)
        .Optional("description", MappingShape.Text)
        .Optional("type", MappingShape.Text);

    private static readonly MappingShape Equivalence = new MappingShape()
        .Required("equivalence", TemplateStatus.Syntax, MappingShape.List);

    private static readonly MappingShape Entity = new MappingShape()
        .Required("entity", TemplateStatus.EntityField, MappingShape.Mapping);

    private readonly Dictionary<string, List<ImmutableArray<PropertyPredicate>>> _members = new(StringComparer.Ordinal);

    /// <summary>Adds the equivalences of a file.</summary>
    public void Read(ConfigNode root, TemplateFaults faults)
    {
        if (!Root.Holds(root, "equivalence template", faults) || !Metadata.Holds(root["metadata"]!, "metadata", faults))
        {
            return;
        }

        foreach (var item in root["equivalences"]!.Items)
        {
            if (Equivalence.Holds(item, "an item of equivalences", faults))
            {
                Add(item["equivalence"]!, faults);
            }
        }
    }

    /// <summary>The template with every scenario also said of what its entities are equivalent to.</summary>
    /// <returns>The template, or null with a fault where that would be too much.</returns>
    public Template? Apply(Template template, TemplateFaults faults)
    {
        if (_members.Count == 0)
        {
            return template;
        }

        var scenarios = ImmutableArray.CreateBuilder<Scenario>(template.Scenarios.Length);
        foreach (var scenario in template.Scenarios)
        {
            if (EquivalentClauses.Of(scenario.Clauses, Equivalents) is not { } clauses)
            {
                faults.Add(
                    template.File, 0, 0, TemplateStatus.BadCondition,
                    $"scenario {scenario.Index} has more than {TemplateLimits.ClausesMax} alternatives "
                    + "after equivalences were applied");
                return null;
            }

            scenarios.Add(scenario with { Clauses = clauses });
        }

        return template with { Scenarios = scenarios.ToImmutable() };
    }

    private IReadOnlyList<ImmutableArray<PropertyPredicate>> Equivalents(ImmutableArray<PropertyPredicate> entity)
    {
        var key = Key(entity);
        return _members.TryGetValue(key, out var all) ? all.FindAll(other => Key(other) != key) : [];
    }

    private void Add(ConfigNode list, TemplateFaults faults)
    {
        var together = new List<ImmutableArray<PropertyPredicate>>();
        foreach (var item in list.Items)
        {
            if (!Entity.Holds(item, "an item of equivalence", faults))
            {
                continue;
            }

            var properties = item["entity"]!;
            foreach (var property in properties.Members)
            {
                MappingShape.Text(property.Value, $"'{property.Key}' of entity", faults);
            }

            EntityDefinition.CheckPatterns(properties, faults);
            var predicates = EntityDefinition.Read("", properties).Predicates;
            if (_members.TryAdd(Key(predicates), together))
            {
                together.Add(predicates);
            }
            else
            {
                faults.Add(properties, TemplateStatus.Syntax, "an entity may stand in one equivalence only, and once");
            }
        }
    }

    private static string Key(ImmutableArray<PropertyPredicate> predicates) => string.Join(
        '\n',
        predicates
            .Select(predicate => $"{predicate.Property}\u0001{(int)predicate.Kind}\u0001{predicate.Value}")
            .Order(StringComparer.Ordinal));
}
