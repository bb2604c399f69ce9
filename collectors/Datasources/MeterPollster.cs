using Ops.Collectors.Expressions;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>Makes the samples of one meter out of a datasource's entries.</summary>
internal sealed class MeterPollster(DatasourceListing listing, string meter, Action<string> report) : IPollster
{
    private readonly IReadOnlyList<SampleDefinition> _samples =
        [.. listing.Definition.Samples.Where(sample => sample.Meter == meter)];

    public string Name => meter;

    public string DefaultDiscovery => listing.Definition.Listing.Reach.Discovery(listing.Definition.Name);

    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            var entries = await listing.EntriesAsync(round, resource, cancellationToken).ConfigureAwait(false);
            string? problem = null;
            foreach (var entry in entries)
            {
                var scope = EntryScope.Of(entry, DatasourceListing.CloudOf(resource));
                foreach (var definition in _samples)
                {
                    try
                    {
                        if (scope.Sample(definition) is { } sample)
                        {
                            round.Add(sample);
                        }
                    }
                    catch (EvaluationException fault)
                    {
                        problem ??= fault.Message;
                    }
                }
            }

            if (problem is not null)
            {
                report($"datasource '{listing.Definition.Name}': an entry gives no {meter}: {problem}");
            }
        }
    }
}
