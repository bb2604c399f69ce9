using System.Globalization;
using System.Net;
using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Session;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>Looks at agents as entities: the host with its state, its interfaces with theirs, and its neighbours.
/// </summary>
internal sealed class SnmpEntityPollster(SnmpReadPlan plan, SnmpAgents agents, SnmpInventory inventory) : IPollster
{
    private const string Datasource = "snmp";

    /// <summary>The columns that entities need besides those of meters.</summary>
    public static IEnumerable<Oid> Columns =>
    [
        InterfaceTable.Description, InterfaceTable.Kind, InterfaceTable.Mtu, InterfaceTable.Speed, InterfaceTable.Mac,
        InterfaceTable.AdminStatus, InterfaceTable.OperStatus, InterfaceTable.AddressInterface,
        InterfaceTable.HighSpeed, InterfaceTable.Alias, .. LldpTable.Columns,
    ];

    /// <inheritdoc/>
    public string Name => "entities.snmp";

    /// <inheritdoc/>
    public string DefaultDiscovery => "snmp";

    /// <inheritdoc/>
    public Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken) =>
        SnmpPoll.EachAsync(agents, round, resources, agent => LookAsync(round, agent, cancellationToken));

    private async Task<SnmpFault?> LookAsync(PollRound round, SnmpAgent agent, CancellationToken cancellationToken)
    {
        var target = agent.Session.Target;
        var (system, fault) = await agents.MeetAsync(agent, round, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            round.Observe(new Observation
            {
                Entity = new EntityRef(SnmpEntities.Host, target.Id), State = "DOWN", Datasource = Datasource,
                Properties = new Dictionary<string, object?> { ["problem"] = fault.Message, ["url"] = target.Url },
            });
            return fault;
        }

        var entry = InterfaceTable.Entry;
        var (table, tableFault) = await agents.TableAsync(agent, entry, plan.Columns(entry), round, cancellationToken)
            .ConfigureAwait(false);
        var more = await agents.TableAsync(
            agent, InterfaceTable.Extended, plan.Columns(InterfaceTable.Extended), round, cancellationToken)
            .ConfigureAwait(false);
        var addressEntry = InterfaceTable.AddressInterface.Parent;
        var addresses = await agents.TableAsync(
            agent, addressEntry, plan.Columns(addressEntry), round, cancellationToken).ConfigureAwait(false);
        var neighbours = await agents.TableAsync(
            agent, LldpTable.Remote, plan.Columns(LldpTable.Remote), round, cancellationToken).ConfigureAwait(false);
        var name = system.TryGetValue(SnmpAgents.SystemObjects[4], out var sysName) ? sysName.ToText() : "";
        inventory.NoteHost(target.Id, AddressesOf(target, addresses.Table), name);
        var interfaces = Interfaces(round, target, table, more.Table, addresses.Table);
        round.Observe(HostOf(target, name, system, tableFault is null ? interfaces : null, neighbours));
        return tableFault ?? more.Fault ?? addresses.Fault;
    }

    private static IEnumerable<string> AddressesOf(SnmpTarget target, SnmpTable addresses) =>
        addresses.Indexes.Where(address => IPAddress.TryParse(address, out var ip) && !IPAddress.IsLoopback(ip))
            .Append(target.Address);

    private Observation HostOf(
        SnmpTarget target, string name, IReadOnlyDictionary<Oid, SnmpValue> system, List<EntityRef>? interfaces,
        (SnmpTable Table, SnmpFault? Fault) neighbours)
    {
        var relations = (interfaces ?? [])
            .Select(one => new ObservedRelation("contains", RelationDirection.Out, one)).ToList();
        var complete = new List<RelationKind>();
        if (interfaces is not null)
        {
            complete.Add(new RelationKind("contains", RelationDirection.Out, SnmpEntities.Interface));
        }

        if (neighbours.Fault is null)
        {
            complete.Add(new RelationKind("connects", RelationDirection.Out, SnmpEntities.Host));
            relations.AddRange(LldpTable.Neighbours(neighbours.Table, inventory)
                .Where(id => id != target.Id)
                .Select(id => new ObservedRelation(
                    "connects", RelationDirection.Out, new EntityRef(SnmpEntities.Host, id))));
        }

        return new Observation
        {
            Entity = new EntityRef(SnmpEntities.Host, target.Id), Name = name.Length > 0 ? name : target.Id,
            State = "UP", Datasource = Datasource, Relations = relations, Complete = complete,
            Properties = new Dictionary<string, object?>
            {
                ["url"] = target.Url, ["problem"] = null, ["description"] = Text(0), ["object_id"] = Text(1),
                ["contact"] = Text(3), ["location"] = Text(5),
            },
        };

        string? Text(int at) =>
            system.TryGetValue(SnmpAgents.SystemObjects[at], out var value) ? value.ToText() : null;
    }

    private List<EntityRef> Interfaces(
        PollRound round, SnmpTarget target, SnmpTable table, SnmpTable extended, SnmpTable addresses)
    {
        var found = new List<EntityRef>();
        var names = RowNames.Of(table.Indexes, index => table.Text(index, InterfaceTable.Description));
        var addressOf = RowNames.Addresses(addresses);
        foreach (var index in table.Indexes)
        {
            var entity = new EntityRef(SnmpEntities.Interface, $"{target.Id}.{names[index]}");
            found.Add(entity);
            inventory.NoteInterface(target.Id, index, entity.Id);
            var highSpeed = extended.Number(index, InterfaceTable.HighSpeed) * 1e6;
            var speed = highSpeed > 0 ? highSpeed : table.Number(index, InterfaceTable.Speed);
            round.Observe(new Observation
            {
                Entity = entity, Name = names[index], Datasource = Datasource,
                State = InterfaceTable.State(table.Number(index, InterfaceTable.OperStatus)),
                Properties = new Dictionary<string, object?>
                {
                    ["host"] = target.Id, ["index"] = long.TryParse(index, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : null,
                    ["mac"] = table.Text(index, InterfaceTable.Mac) is { Length: > 0 }
                        ? table.Find(index, InterfaceTable.Mac)!.Value.ToHex(":")
                        : null,
                    ["ip"] = addressOf.GetValueOrDefault(index), ["speed_bps"] = (long?)speed,
                    ["mtu"] = (long?)table.Number(index, InterfaceTable.Mtu),
                    ["admin_state"] = InterfaceTable.State(table.Number(index, InterfaceTable.AdminStatus)),
                    ["alias"] = extended.Text(index, InterfaceTable.Alias) is { Length: > 0 } alias ? alias : null,
                },
            });
        }

        return found;
    }
}
