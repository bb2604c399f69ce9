using System.Text.Json;
using Ops.Collectors.Notifications.Paths;
using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>A number with a bit set for each flag whose path was found, or was found with the flag's value.</summary>
internal sealed class BitfieldPlugin(long initial, IReadOnlyList<BitfieldFlag> flags) : IFieldPlugin
{
    /// <summary>The most flags.</summary>
    private const int FlagsMax = 63;

    public bool GivesOneForEach => false;

    public static BitfieldPlugin? Read(ConfigNode parameters, string what, ConfigFaults faults)
    {
        if (!faults.Keys(parameters, what, "initial_bitfield", "flags"))
        {
            return null;
        }

        var flags = new List<BitfieldFlag>();
        foreach (var node in faults.List(parameters, "flags", what))
        {
            if (!faults.Keys(node, $"a flag of {what}", "path", "bit", "value"))
            {
                continue;
            }

            var path = faults.RequiredText(node, "path", $"a flag of {what}");
            if (node["bit"] is null or { IsNull: true })
            {
                faults.Add(node, $"a flag of {what} needs 'bit'");
            }

            var bit = faults.Integer(node, "bit", $"a flag of {what}", 0, FlagsMax - 1) ?? 0;
            flags.Add(new BitfieldFlag(path, 1L << bit, node["value"] is { } value ? YamlValue.Of(value) : null));
        }

        return new BitfieldPlugin(faults.Integer(parameters, "initial_bitfield", what, 0) ?? 0, flags);
    }

    public IEnumerable<JsonElement?> Values(IReadOnlyList<PathMatch> found)
    {
        var bits = initial;
        foreach (var flag in flags)
        {
            var match = found.LastOrDefault(one => one.Path == flag.Path);
            if (match is not null && (flag.Value is not { } value || PathValues.AreEqual(match.Value, value)))
            {
                bits |= flag.Bit;
            }
        }

        return [JsonSerializer.SerializeToElement(bits)];
    }
}

/// <summary>A flag: the bit to set, and for which value of which path.</summary>
internal sealed record BitfieldFlag(string Path, long Bit, JsonElement? Value);
