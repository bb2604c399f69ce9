using System.Text;
using Ops.Collectors.Wire;

namespace Ops.Collectors.Otlp;

/// <summary>Reads attributes: key and value pairs that are repeated fields of a message.</summary>
internal static class AttributeText
{
    /// <summary>Adds the attributes among the fields of a message; a later one of a name wins.</summary>
    /// <returns>Why they are refused, or null.</returns>
    public static string? Read(
        ReadOnlySpan<byte> message, uint tag, OtlpLimits limits, Dictionary<string, string> attributes)
    {
        var wire = new WireReader(message);
        while (wire.Read())
        {
            if (wire.Tag != tag)
            {
                continue;
            }

            if (Pair(wire.Bytes, limits) is not var (name, value))
            {
                return "an attribute is broken";
            }

            attributes[name] = value;
            if (attributes.Count > limits.AttributesMax)
            {
                return $"a point has more than {limits.AttributesMax} attributes";
            }
        }

        return wire.IsBroken ? "an attribute is broken" : null;
    }

    private static (string Name, string Value)? Pair(ReadOnlySpan<byte> pair, OtlpLimits limits)
    {
        var (name, value) = ("", (string?)"");
        var wire = new WireReader(pair);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Key)
            {
                name = Encoding.UTF8.GetString(wire.Bytes);
            }
            else if (wire.Tag == OtlpFields.Value)
            {
                value = AnyValueText.Of(wire.Bytes, limits, out _);
            }
        }

        return wire.IsBroken || value is null ? null : (name, value);
    }
}
