using System.Globalization;
using System.Text;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>The text of an attribute's value.</summary>
/// <remarks>
/// Text as it is, <c>true</c> and <c>false</c>, numbers in invariant form, bytes in base 64, lists as
/// <c>[a,b]</c> and maps as <c>{k:v}</c>. Source: opentelemetry-proto, common.proto, AnyValue.
/// </remarks>
internal static class AnyValueText
{
    /// <summary>The text, cut to the limit; null where the value is broken.</summary>
    public static string? Of(ReadOnlySpan<byte> value, OtlpLimits limits, out TraitType type)
    {
        var text = new StringBuilder();
        if (!Write(value, text, limits, limits.ValueDepthMax, out type))
        {
            return null;
        }

        if (text.Length > limits.ValueCharsMax)
        {
            text.Length = limits.ValueCharsMax;
        }

        return text.ToString();
    }

    private static bool Write(
        ReadOnlySpan<byte> value, StringBuilder text, OtlpLimits limits, int depth, out TraitType type)
    {
        type = TraitType.Text;
        var wire = new WireReader(value);
        while (wire.Read())
        {
            if (text.Length > limits.ValueCharsMax)
            {
                return true;
            }

            switch (wire.Tag)
            {
                case 10:
                    text.Append(Encoding.UTF8.GetString(Cut(wire.Bytes, limits)));
                    break;
                case 16:
                    text.Append(wire.Number == 0 ? "false" : "true");
                    break;
                case 24:
                    text.Append(CultureInfo.InvariantCulture, $"{(long)wire.Number}");
                    type = TraitType.Integer;
                    break;
                case 33:
                    text.Append(CultureInfo.InvariantCulture, $"{wire.Double}");
                    type = TraitType.Float;
                    break;
                case 42 when !WriteList(wire.Bytes, text, limits, depth, isMap: false):
                case 50 when !WriteList(wire.Bytes, text, limits, depth, isMap: true):
                    return false;
                case 58:
                    text.Append(Convert.ToBase64String(Cut(wire.Bytes, limits)));
                    break;
            }
        }

        return !wire.IsBroken;
    }

    private static bool WriteList(
        ReadOnlySpan<byte> list, StringBuilder text, OtlpLimits limits, int depth, bool isMap)
    {
        if (depth == 0)
        {
            return true;
        }

        text.Append(isMap ? '{' : '[');
        var wire = new WireReader(list);
        var isFirst = true;
        while (wire.Read() && text.Length <= limits.ValueCharsMax)
        {
            if (wire.Tag != OtlpFields.Points)
            {
                continue;
            }

            text.Append(isFirst ? "" : ",");
            isFirst = false;
            var isWell = isMap
                ? WriteMember(wire.Bytes, text, limits, depth - 1)
                : Write(wire.Bytes, text, limits, depth - 1, out _);
            if (!isWell)
            {
                return false;
            }
        }

        text.Append(isMap ? '}' : ']');
        return !wire.IsBroken;
    }

    private static bool WriteMember(ReadOnlySpan<byte> member, StringBuilder text, OtlpLimits limits, int depth)
    {
        var wire = new WireReader(member);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Key)
            {
                text.Append(Encoding.UTF8.GetString(Cut(wire.Bytes, limits))).Append(':');
            }
            else if (wire.Tag == OtlpFields.Value && !Write(wire.Bytes, text, limits, depth, out _))
            {
                return false;
            }
        }

        return !wire.IsBroken;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, OtlpLimits limits) =>
        bytes.Length <= limits.ValueCharsMax * 4 ? bytes : bytes[..(limits.ValueCharsMax * 4)];
}
