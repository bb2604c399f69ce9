using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Ipmi;

/// <summary>Measures all sensors of one type: <c>hardware.ipmi.fan</c> and its like.</summary>
/// <param name="type">The type as <c>ipmitool</c> names it.</param>
/// <param name="reads">Asks controllers.</param>
internal sealed class IpmiSensorPollster(string type, IpmiReads reads) : IPollster
{
    /// <summary>The entity type of sensors.</summary>
    public const string EntityType = "ipmi.sensor";

    /// <inheritdoc/>
    public string Name { get; } = $"hardware.ipmi.{type.ToLowerInvariant()}";

    /// <inheritdoc/>
    public string DefaultDiscovery => "ipmi";

    /// <summary>The resource id of a sensor: the node and the sensor, as Ceilometer writes it.</summary>
    public static string IdOf(IpmiTarget target, SensorReading sensor) => $"{target.Name}-{sensor.Word}";

    /// <inheritdoc/>
    public Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken) =>
        reads.EachAsync(round, resources, async target =>
        {
            var (sensors, fault) = await reads.SensorsAsync(target, round, cancellationToken).ConfigureAwait(false);
            foreach (var sensor in sensors)
            {
                if (sensor.Value is { } value && sensor.Type == type)
                {
                    round.Add(new PolledSample(Name, MeterKind.Gauge, sensor.Unit, IdOf(target, sensor), value)
                    {
                        ResourceType = EntityType, ResourceName = sensor.Id,
                        Metadata = new Dictionary<string, object?>
                        {
                            ["node"] = target.Name, ["status"] = sensor.Status,
                        },
                    });
                }
            }

            return fault;
        });
}
