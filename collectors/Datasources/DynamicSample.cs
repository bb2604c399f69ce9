using Ops.Collectors.Expressions;

namespace Ops.Collectors.Datasources;

/// <summary>What a dynamic pollster makes of an entry: ids, values, metadata.</summary>
internal static class DynamicSample
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>The entry with <c>user_id</c>, <c>project_id</c> and <c>id</c> as the definition finds them.</summary>
    public static Dictionary<string, object?> Prepare(DynamicPollsterDefinition definition, object? entry)
    {
        var sample = entry is IReadOnlyDictionary<string, object?> map
            ? new Dictionary<string, object?>(map, StringComparer.Ordinal)
            : throw new EvaluationException($"an entry is {ValueText.Kind(entry)}, not a mapping");
        Set("user_id", definition.UserId);
        Set("project_id", definition.ProjectId);
        Set("id", definition.ResourceId);
        return sample;

        void Set(string key, Extract? attribute)
        {
            if (attribute is not null && attribute.Text != key)
            {
                sample[key] = attribute.Of(sample, Nothing);
            }
        }
    }

    /// <summary>The meters with their values; none where the value is one to skip.</summary>
    public static IEnumerable<(string Meter, object? Value)> Values(
        DynamicPollsterDefinition definition, Dictionary<string, object?> sample)
    {
        if (definition.ListKey is null)
        {
            var value = definition.Value.Of(sample, Nothing);
            if (!Skips(definition, value))
            {
                yield return (definition.Name, Mapped(definition, value));
            }

            yield break;
        }

        if (!sample.TryGetValue(definition.ListKey, out var list) || list is not IReadOnlyList<object?> members)
        {
            throw new EvaluationException($"'{definition.ListKey}' is not a list");
        }

        var stem = definition.Name[..definition.Name.LastIndexOf('{')];
        foreach (var member in members)
        {
            var part = (member as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(definition.NameKey!);
            var value = definition.Value.Of(member, Nothing);
            if (part is not null && !Skips(definition, value) && !Skips(definition, part))
            {
                yield return (stem + ValueText.Of(part), value);
            }
        }
    }

    /// <summary>The metadata under their keys.</summary>
    public static Dictionary<string, object?> Metadata(
        DynamicPollsterDefinition definition, IReadOnlyDictionary<string, object?> sample)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, extract) in definition.Metadata)
        {
            metadata[key] = extract.Of(sample, Nothing);
        }

        foreach (var (key, renamed) in definition.MetadataMapping)
        {
            if (metadata.TryGetValue(key, out var value))
            {
                metadata[renamed] = value;
                if (!definition.PreservesMapped && renamed != key)
                {
                    metadata.Remove(key);
                }
            }
        }

        return metadata;
    }

    /// <summary>An id as text, or null.</summary>
    public static string? Text(IReadOnlyDictionary<string, object?> sample, string key) =>
        sample.GetValueOrDefault(key) is { } value ? ValueText.Of(value) : null;

    private static bool Skips(DynamicPollsterDefinition definition, object? value) =>
        definition.SkipValues.Any(skip => ValueOperators.Same(skip, value));

    private static object? Mapped(DynamicPollsterDefinition definition, object? value) =>
        definition.ValueMapping.Count == 0 ? value
        : definition.ValueMapping.TryGetValue(ValueText.Of(value), out var mapped) ? mapped
        : definition.DefaultValue;
}
