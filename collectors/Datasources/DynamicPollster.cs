using Ops.Collectors.Expressions;
using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>Polls as one of Ceilometer's dynamic pollsters says.</summary>
/// <remarks>
/// An entry that lacks what it needs is left out and told, where Ceilometer gives up the whole poll.
/// </remarks>
internal sealed class DynamicPollster : IPollster
{
    private readonly DynamicPollsterDefinition _definition;
    private readonly DatasourceAsker _asker;
    private readonly MetadataEnrichment _enrichment;
    private readonly Action<string> _report;

    public DynamicPollster(
        DynamicPollsterDefinition definition, DatasourceAsker asker, IReadOnlyList<KeystoneSession> clouds,
        TimeProvider time, Action<string> report)
    {
        (_definition, _asker, _report) = (definition, asker, report);
        _enrichment = new MetadataEnrichment(definition, asker, clouds, time);
    }

    /// <summary>The meter; of a multi-metric pollster with a star for the attribute.</summary>
    public string Name => _definition.Name;

    public string DefaultDiscovery => _definition.Listing.Reach.Discovery(_definition.Name);

    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            var session = (resource.Value as CloudResource)?.Session;
            var reach = _definition.Listing.Reach;
            var path = _definition.PathExpression?.OrNull(null, _definition.Parameters) as string ?? reach.Path;
            var key = $"dynamic {resource.Key} {path} {string.Join(' ', reach.Command)} "
                + $"{_definition.Listing.Entries?.Text} {_definition.Listing.Next?.Text} "
                + string.Join(' ', reach.Headers.Select(header => $"{header.Key}={header.Value}"));
            var entries = await round.SharedAsync(
                key, () => _definition.Listing.AskAsync(_asker, session, path, cancellationToken))
                .ConfigureAwait(false);
            string? problem = null;
            foreach (var entry in entries)
            {
                try
                {
                    await TakeAsync(round, entry, session, cancellationToken).ConfigureAwait(false);
                }
                catch (EvaluationException fault)
                {
                    problem ??= fault.Message;
                }
            }

            if (problem is not null)
            {
                _report($"dynamic pollster '{Name}': an entry gives no sample: {problem}");
            }
        }
    }

    private async Task TakeAsync(
        PollRound round, object? entry, KeystoneSession? session, CancellationToken cancellationToken)
    {
        var sample = DynamicSample.Prepare(_definition, entry);
        var values = DynamicSample.Values(_definition, sample).ToList();
        if (values.Count == 0)
        {
            return;
        }

        var metadata = DynamicSample.Metadata(_definition, sample);
        var extra = await _enrichment.OfAsync(sample, session, cancellationToken).ConfigureAwait(false);
        foreach (var (key, value) in extra)
        {
            metadata.TryAdd(key, value);
        }

        foreach (var (meter, value) in values)
        {
            var volume = EntryScope.AsVolume(value) ?? throw new EvaluationException(
                $"{ValueText.Kind(value)} is no volume ({_definition.Value.Text})");
            round.Add(new PolledSample(
                meter, _definition.Kind, _definition.Unit, DynamicSample.Text(sample, "id") ?? "", volume)
            {
                ProjectId = DynamicSample.Text(sample, "project_id"),
                UserId = DynamicSample.Text(sample, "user_id"),
                Metadata = metadata,
            });
        }
    }
}
