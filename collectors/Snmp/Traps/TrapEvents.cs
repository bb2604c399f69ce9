using System.Globalization;
using System.Security.Cryptography;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>Makes an event of a notification: <c>snmp.NAME</c> with a trait for each object.</summary>
internal static class TrapEvents
{
    private const int TextMax = 255;

    /// <summary>The event.</summary>
    public static Event From(SnmpTrap trap, TrapNames names, string host, DateTimeOffset at)
    {
        var traits = new List<EventTrait>
        {
            new("host", TraitType.Text, host), new("source", TraitType.Text, trap.Source.ToString()),
            new("agent", TraitType.Text, trap.Agent.ToString()), new("version", TraitType.Text, trap.Version),
            new("trap_oid", TraitType.Text, Cut(trap.TrapOid.ToString())),
        };
        if (trap.UptimeTicks is { } ticks)
        {
            var seconds = (ticks / 100.0).ToString(CultureInfo.InvariantCulture);
            traits.Add(new EventTrait("uptime_seconds", TraitType.Float, seconds));
        }

        var taken = traits.Select(trait => trait.Name).ToHashSet();
        foreach (var binding in trap.Bindings)
        {
            var (name, index) = names.OfObject(binding.Name);
            if (taken.Add(name) || taken.Add(name = $"{name}.{index}"))
            {
                traits.Add(Trait(Cut(name), binding.Value));
            }
        }

        return new Event(IdOf(trap), $"snmp.{names.OfTrap(trap.TrapOid)}", at.ToUnixNs(), traits);
    }

    private static EventTrait Trait(string name, SnmpValue value) => value.Tag switch
    {
        SnmpTag.Counter64 when value.Number < 0 => new EventTrait(name, TraitType.Text, value.ToText()),
        SnmpTag.Integer or SnmpTag.Counter32 or SnmpTag.Gauge32 or SnmpTag.TimeTicks or SnmpTag.Counter64 =>
            new EventTrait(name, TraitType.Integer, value.ToText()),
        SnmpTag.Opaque when value.ToNumber() is not null => new EventTrait(name, TraitType.Float, value.ToText()),
        _ => new EventTrait(name, TraitType.Text, Cut(value.ToText())),
    };

    /// <summary>Of source and content: an inform that is repeated bears the id of the first.</summary>
    private static string IdOf(SnmpTrap trap)
    {
        var writer = new BerWriter();
        (trap.Pdu with { Type = SnmpTag.TrapV2 }).Write(writer);
        var hash = SHA256.HashData([.. trap.Source.GetAddressBytes(), .. writer.ToArray()]);
        return $"snmp-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    private static string Cut(string text) => text.Length > TextMax ? text[..TextMax] : text;
}
