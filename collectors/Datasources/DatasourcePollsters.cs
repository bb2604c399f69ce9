using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>The pollsters and discoveries of a set of datasources over some clouds.</summary>
/// <param name="Pollsters">One a meter, one <c>entities.NAME</c> a datasource with entities, one a dynamic pollster.
/// </param>
/// <param name="Discoveries"><c>endpoint</c>, <c>datasource</c> and <c>datasource_local</c>.</param>
public sealed record DatasourcePollsters(IReadOnlyList<IPollster> Pollsters, IReadOnlyList<IDiscovery> Discoveries)
{
    /// <summary>Builds them.</summary>
    /// <param name="set">The datasources.</param>
    /// <param name="clouds">The clouds; each datasource of a service polls every one that has it.</param>
    /// <param name="http">Asks addresses that are no cloud's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told of what goes wrong.</param>
    public static DatasourcePollsters Of(
        DatasourceSet set, IReadOnlyList<KeystoneSession> clouds, HttpClient http, TimeProvider time,
        Action<string> report)
    {
        var asker = new DatasourceAsker(http, set.Options, time);
        var pollsters = new List<IPollster>();
        foreach (var datasource in set.Datasources)
        {
            var listing = new DatasourceListing(datasource, asker);
            pollsters.AddRange(datasource.Samples.Select(sample => sample.Meter).Distinct()
                .Select(meter => new MeterPollster(listing, meter, report)));
            if (datasource.Entities.Count > 0)
            {
                pollsters.Add(new EntityPollster(listing, report));
            }
        }

        pollsters.AddRange(set.Pollsters.Select(definition =>
            new DynamicPollster(definition, asker, clouds, time, report)));
        return new DatasourcePollsters(pollsters,
        [
            new EndpointDiscovery(clouds, report),
            new NamedDiscovery("datasource", "global"),
            new NamedDiscovery("datasource_local", null),
        ]);
    }
}
