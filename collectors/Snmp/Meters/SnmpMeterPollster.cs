using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Session;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>Measures one meter on agents.</summary>
internal sealed class SnmpMeterPollster(SnmpMeter meter, SnmpReadPlan plan, SnmpAgents agents) : IPollster
{
    private readonly IReadOnlyList<Oid> _tables =
        meter.IsTable ? [.. meter.Objects.Select(column => column.Parent).Distinct()] : [];

    /// <inheritdoc/>
    public string Name => meter.Name;

    /// <inheritdoc/>
    public string DefaultDiscovery => "snmp";

    /// <inheritdoc/>
    public Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken) =>
        SnmpPoll.EachAsync(
            agents, round, resources,
            agent => meter.IsTable
                ? PollRowsAsync(round, agent, cancellationToken)
                : PollObjectAsync(round, agent, cancellationToken));

    private async Task<SnmpFault?> PollObjectAsync(
        PollRound round, SnmpAgent agent, CancellationToken cancellationToken)
    {
        var (values, fault) = await agents.ObjectsAsync(agent, "meters", plan.Scalars, round, cancellationToken)
            .ConfigureAwait(false);
        if (fault is null && meter.Expression.Value(Read) is { } volume)
        {
            var target = agent.Session.Target;
            round.Add(new PolledSample(meter.Name, meter.Kind, meter.Unit, target.Id, volume)
            {
                ResourceType = meter.ResourceType,
                Metadata = new Dictionary<string, object?> { ["resource_url"] = target.Url },
            });
        }

        return fault;

        double? Read(Oid name) => values.TryGetValue(name, out var value) ? value.ToNumber() : null;
    }

    private async Task<SnmpFault?> PollRowsAsync(PollRound round, SnmpAgent agent, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<Oid, SnmpTable>();
        foreach (var entry in _tables)
        {
            var (table, fault) = await agents.TableAsync(agent, entry, plan.Columns(entry), round, cancellationToken)
                .ConfigureAwait(false);
            if (fault is not null)
            {
                return fault;
            }

            tables[entry] = table;
        }

        SnmpTable? addresses = null;
        if (meter.HasAddress)
        {
            var entry = InterfaceTable.AddressInterface.Parent;
            (addresses, _) = await agents.TableAsync(agent, entry, plan.Columns(entry), round, cancellationToken)
                .ConfigureAwait(false);
        }

        AddRows(round, agent.Session.Target, tables, addresses);
        return null;
    }

    private void AddRows(
        PollRound round, SnmpTarget target, Dictionary<Oid, SnmpTable> tables, SnmpTable? addresses)
    {
        var indexes = tables.Values.SelectMany(table => table.Indexes).Distinct().ToList();
        var names = RowNames.Of(indexes, index => Named(index, tables));
        var addressByInterface = RowNames.Addresses(addresses);
        foreach (var index in indexes)
        {
            if (meter.Expression.Value(column => tables[column.Parent].Number(index, column)) is not { } volume)
            {
                continue;
            }

            var metadata = meter.Metadata.ToDictionary(
                one => one.Name, one => one.Render(tables[one.Column.Parent].Find(index, one.Column)));
            metadata["resource_url"] = target.Url;
            if (meter.HasAddress)
            {
                metadata["ip"] = addressByInterface.GetValueOrDefault(index, "");
            }

            round.Add(new PolledSample(meter.Name, meter.Kind, meter.Unit, $"{target.Id}.{names[index]}", volume)
            {
                ResourceType = meter.ResourceType, ResourceName = names[index], Metadata = metadata,
            });
        }
    }

    private string Named(string index, Dictionary<Oid, SnmpTable> tables)
    {
        var name = meter.Metadata.FirstOrDefault(one => one.Name == meter.RowName);
        return name is null ? index : name.Word(tables[name.Column.Parent].Find(index, name.Column));
    }
}
