using Ops.Collectors.Snmp.Meters;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>What notifications do to entities and alarms. Not safe for concurrent use.</summary>
internal sealed class TrapEffects(SnmpTrapOptions options, TrapNames names, SnmpInventory inventory)
{
    /// <summary>The most alarms whose state is known; when there are more, all begin anew.</summary>
    public const int AlarmsMax = 100_000;

    private static readonly Oid Index = InterfaceTable.Entry.With(1);

    private readonly IReadOnlyList<SnmpTrapRule> _rules = [.. options.Rules, .. SnmpTrapRule.BuiltIn];
    private readonly HashSet<string> _raised = new(StringComparer.Ordinal);

    /// <summary>The entity id of the host that a trap is about.</summary>
    public string HostOf(SnmpTrap trap)
    {
        var agent = trap.Agent.IsIPv4MappedToIPv6 ? trap.Agent.MapToIPv4() : trap.Agent;
        return inventory.HostAt(agent.ToString()) ?? agent.ToString();
    }

    /// <summary>Adds what a trap does: the first rule that fits, and no other.</summary>
    public void Apply(
        SnmpTrap trap, Event made, string host, DateTimeOffset at, List<Observation> observations,
        List<AlarmTransition> transitions)
    {
        var name = names.OfTrap(trap.TrapOid);
        var rule = _rules.FirstOrDefault(one =>
            (one.Trap == name || one.Trap.TrimStart('.') == trap.TrapOid.ToString()) && Fits(one, trap, made));
        if (rule is null)
        {
            return;
        }

        var entity = rule.OfInterface ? InterfaceOf(trap, host) : new EntityRef(SnmpEntities.Host, host);
        if (entity is not { } found)
        {
            return;
        }

        if (rule.State is not null)
        {
            var isInterface = rule.OfInterface;
            observations.Add(new Observation
            {
                Entity = found, State = rule.State, At = at, Datasource = "snmp_traps",
                Relations = isInterface
                    ? [new ObservedRelation("contains", RelationDirection.In, new EntityRef(SnmpEntities.Host, host))]
                    : [],
            });
        }

        if (rule.Alarm is { } alarm)
        {
            transitions.Add(Transition(rule, alarm, found, name, trap, at));
        }
    }

    private AlarmTransition Transition(
        SnmpTrapRule rule, string alarm, EntityRef entity, string trapName, SnmpTrap trap, DateTimeOffset at)
    {
        var id = $"snmp/{alarm}/{entity.Id}";
        var wasRaised = _raised.Contains(id);
        if (_raised.Count >= AlarmsMax)
        {
            _raised.Clear();
        }

        if (rule.Clears)
        {
            _raised.Remove(id);
        }
        else
        {
            _raised.Add(id);
        }

        return new AlarmTransition
        {
            AlarmId = id, Rule = alarm, ResourceId = entity.Id, ResourceType = entity.Type, Severity = rule.Severity,
            From = wasRaised ? AlarmState.Alarm : AlarmState.Ok, To = rule.Clears ? AlarmState.Ok : AlarmState.Alarm,
            Reason = $"trap {trapName} from {trap.Source}", At = at,
        };
    }

    private bool Fits(SnmpTrapRule rule, SnmpTrap trap, Event made) => rule.When.All(one =>
        made.Traits.Any(trait => trait.Name == one.Key && trait.Value == one.Value)
        || (Oid.TryParse(one.Key) is { } column
            && trap.Bindings.Any(binding => binding.Name.IsUnder(column) && binding.Value.ToText() == one.Value)));

    /// <summary>By ifIndex what polling found, else by the description that the trap bears; else null.</summary>
    private EntityRef? InterfaceOf(SnmpTrap trap, string host)
    {
        var index = Text(trap, Index);
        var id = index is null ? null : inventory.InterfaceOf(host, index);
        if (id is null && Text(trap, InterfaceTable.Description) is { Length: > 0 } description)
        {
            id = $"{host}.{description}";
        }

        return id is null ? null : new EntityRef(SnmpEntities.Interface, id);
    }

    private static string? Text(SnmpTrap trap, Oid column)
    {
        foreach (var binding in trap.Bindings)
        {
            if (binding.Name.IsUnder(column))
            {
                return binding.Value.ToText();
            }
        }

        return null;
    }
}
