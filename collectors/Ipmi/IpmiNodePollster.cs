using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Ipmi;

/// <summary>One of the meters <c>hardware.ipmi.node.*</c> and where its value stands.</summary>
/// <param name="Name">The meter.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Command">What Node Manager is asked.</param>
/// <param name="At">At which octet of the answer the value begins.</param>
/// <param name="Octets">Of how many octets it is.</param>
/// <param name="HasDcmi">Whether DCMI tells it too, where there is no Node Manager.</param>
internal sealed record IpmiNodeMeter(
    string Name, string Unit, IReadOnlyList<string> Command, int At, int Octets, bool HasDcmi = false);

/// <summary>Measures a node as a whole: power, temperatures, airflow and use.</summary>
internal sealed class IpmiNodePollster(IpmiNodeMeter meter, IpmiReads reads) : IPollster
{
    /// <summary>The entity type of nodes.</summary>
    public const string EntityType = "ipmi.node";

    /// <summary>All of them, with Ceilometer's names and units.</summary>
    public static IReadOnlyList<IpmiNodeMeter> All { get; } =
    [
        new("hardware.ipmi.node.power", "W", IntelNode.Statistics(1), 3, 2, HasDcmi: true),
        new("hardware.ipmi.node.temperature", "C", IntelNode.Statistics(2), 3, 2),
        new("hardware.ipmi.node.inlet_temperature", "C", IntelNode.Statistics(2), 3, 2),
        new("hardware.ipmi.node.outlet_temperature", "C", IntelNode.Statistics(5), 3, 2),
        new("hardware.ipmi.node.airflow", "CFM", IntelNode.Statistics(4), 3, 2),
        new("hardware.ipmi.node.cups", "CUPS", IntelNode.Cups(1), 3, 2),
        new("hardware.ipmi.node.cpu_util", "%", IntelNode.Cups(5), 3, 8),
        new("hardware.ipmi.node.mem_util", "%", IntelNode.Cups(5), 11, 8),
        new("hardware.ipmi.node.io_util", "%", IntelNode.Cups(5), 19, 8),
    ];

    /// <inheritdoc/>
    public string Name => meter.Name;

    /// <inheritdoc/>
    public string DefaultDiscovery => "ipmi";

    /// <inheritdoc/>
    public Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken) =>
        reads.EachAsync(round, resources, target => PollOneAsync(round, target, cancellationToken));

    private async Task<string?> PollOneAsync(PollRound round, IpmiTarget target, CancellationToken cancellationToken)
    {
        var (isIntel, fault) = await reads.IsIntelAsync(target, round, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            return fault;
        }

        double? value = null;
        if (isIntel)
        {
            var answer = await reads.NodeManagerAsync(target, meter.Command, round, cancellationToken)
                .ConfigureAwait(false);
            value = IntelNode.Number(answer, meter.At, meter.Octets);
        }

        if (value is null && meter.HasDcmi)
        {
            value = await reads.DcmiWattsAsync(target, cancellationToken).ConfigureAwait(false);
        }

        if (value is { } volume)
        {
            round.Add(new PolledSample(meter.Name, MeterKind.Gauge, meter.Unit, target.Name, volume)
            {
                ResourceType = EntityType, Metadata = new Dictionary<string, object?> { ["node"] = target.Name },
            });
        }

        return null;
    }
}
