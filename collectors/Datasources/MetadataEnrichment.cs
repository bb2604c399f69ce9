using Ops.Collectors.Expressions;
using Ops.Collectors.Keystone;

namespace Ops.Collectors.Datasources;

/// <summary>Asks for the extra metadata of a dynamic pollster's samples, and keeps the answers for a while.</summary>
internal sealed class MetadataEnrichment(
    DynamicPollsterDefinition definition, DatasourceAsker asker, IReadOnlyList<KeystoneSession> clouds,
    TimeProvider time)
{
    private const int AnswersMax = 10_000;

    private readonly Dictionary<string, (DateTimeOffset Until, IReadOnlyList<object?> Entries)> _answers =
        new(StringComparer.Ordinal);

    /// <summary>The metadata of one sample; a later field that is null does not replace an earlier one.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> OfAsync(
        IReadOnlyDictionary<string, object?> sample, KeystoneSession? session, CancellationToken cancellationToken)
    {
        var captured = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (definition.ExtraMetadataSkip.Any(skip => Fits(skip, sample)))
        {
            return captured;
        }

        var byName = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in definition.ExtraMetadata)
        {
            var variables = new Dictionary<string, object?>
            {
                ["sample"] = sample,
                ["extra_metadata_captured"] = captured,
                ["extra_metadata_by_name"] = byName,
            };
            var entries = await EntriesAsync(field, variables, session, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                Capture(field, entry, captured, byName);
            }
        }

        return captured;
    }

    private static void Capture(
        DynamicPollsterDefinition field, object? entry, Dictionary<string, object?> captured,
        Dictionary<string, object?> byName)
    {
        var inner = DynamicSample.Prepare(field, entry);
        var metadata = DynamicSample.Metadata(field, inner);
        foreach (var (name, value) in DynamicSample.Values(field, inner))
        {
            captured[name] = value;
            foreach (var (key, more) in metadata)
            {
                if (more is not null || !captured.ContainsKey(key))
                {
                    captured[key] = more;
                }
            }

            byName[name] = new Dictionary<string, object?> { ["value"] = value, ["metadata"] = metadata };
        }
    }

    private async Task<IReadOnlyList<object?>> EntriesAsync(
        DynamicPollsterDefinition field, IReadOnlyDictionary<string, object?> variables, KeystoneSession? session,
        CancellationToken cancellationToken)
    {
        var listing = field.Listing;
        var path = field.PathExpression?.Of(null, variables) as string ?? listing.Reach.Path;
        var cloud = session ?? (listing.Reach.Service is null ? null : clouds.FirstOrDefault());
        var key = $"{cloud?.Options.Name} {listing.Reach.Service} {path} "
            + $"{string.Join(' ', listing.Reach.Command)} {listing.Entries?.Text}";
        if (_answers.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow())
        {
            return kept.Entries;
        }

        var entries = await listing.AskAsync(asker, cloud, path, cancellationToken).ConfigureAwait(false);
        if (field.ExtraMetadataCache > TimeSpan.Zero)
        {
            Keep(key, time.GetUtcNow() + field.ExtraMetadataCache, entries);
        }

        return entries;
    }

    private void Keep(string key, DateTimeOffset until, IReadOnlyList<object?> entries)
    {
        if (_answers.Count >= AnswersMax)
        {
            _answers.Clear();
        }

        _answers[key] = (until, entries);
    }

    private static bool Fits(IReadOnlyDictionary<string, object?> skip, IReadOnlyDictionary<string, object?> sample) =>
        skip.All(pair => sample.TryGetValue(pair.Key, out var value) && ValueOperators.Same(value, pair.Value));
}
