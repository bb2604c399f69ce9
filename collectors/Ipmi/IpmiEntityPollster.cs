using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Ipmi;

/// <summary>Looks at nodes as entities: each with its worst sensor's state, and its sensors with theirs.</summary>
internal sealed class IpmiEntityPollster(IpmiReads reads) : IPollster
{
    private const string Datasource = "ipmi";

    private static readonly string[] Worst = ["CRITICAL", "WARNING", "OK"];

    /// <inheritdoc/>
    public string Name => "entities.ipmi";

    /// <inheritdoc/>
    public string DefaultDiscovery => "ipmi";

    /// <inheritdoc/>
    public Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken) =>
        reads.EachAsync(round, resources, target => LookAsync(round, target, cancellationToken));

    private async Task<string?> LookAsync(PollRound round, IpmiTarget target, CancellationToken cancellationToken)
    {
        var (sensors, fault) = await reads.SensorsAsync(target, round, cancellationToken).ConfigureAwait(false);
        var node = new EntityRef(IpmiNodePollster.EntityType, target.Name);
        if (fault is not null)
        {
            round.Observe(new Observation
            {
                Entity = node, Name = target.Name, State = "UNREACHABLE", Datasource = Datasource,
                Properties = new Dictionary<string, object?> { ["problem"] = fault, ["url"] = target.Url },
            });
            return fault;
        }

        var power = await reads.PowerStateAsync(target, cancellationToken).ConfigureAwait(false);
        var relations = new List<ObservedRelation>();
        foreach (var sensor in sensors)
        {
            var entity = new EntityRef(IpmiSensorPollster.EntityType, IpmiSensorPollster.IdOf(target, sensor));
            relations.Add(new ObservedRelation("contains", RelationDirection.Out, entity));
            round.Observe(new Observation
            {
                Entity = entity, Name = sensor.Id, State = sensor.State, Datasource = Datasource,
                Properties = new Dictionary<string, object?>
                {
                    ["node"] = target.Name, ["sensor_type"] = sensor.Type, ["status"] = sensor.Status,
                },
            });
        }

        var states = sensors.Select(sensor => sensor.State).ToHashSet();
        round.Observe(new Observation
        {
            Entity = node, Name = target.Name, State = Worst.FirstOrDefault(states.Contains) ?? "UNKNOWN",
            Datasource = Datasource, Relations = relations,
            Complete = [new RelationKind("contains", RelationDirection.Out, IpmiSensorPollster.EntityType)],
            Properties = new Dictionary<string, object?>
            {
                ["url"] = target.Url, ["problem"] = null, ["power"] = power.Length > 0 ? power : null,
            },
        });
        return null;
    }
}
