using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ops.Model;

/// <summary>JSON values as Python prints what it reads of them: <c>str(json.loads(text))</c>.</summary>
/// <remarks>
/// <c>None</c>, <c>True</c>, whole numbers of any size, doubles as <c>0.1</c>, <c>1e-05</c>, <c>1e+16</c>, lists as
/// <c>['a', 1]</c>. Ceilometer's signatures and text traits hold values in this form.
/// </remarks>
public static class PythonText
{
    /// <summary>The value as <c>str()</c> gives it; null where a text in it is not Unicode.</summary>
    public static string? Of(JsonElement value)
    {
        var text = new StringBuilder();
        return TryAppend(text, value, isByteText: false) ? text.ToString() : null;
    }

    /// <summary>A double as <c>repr()</c> gives it: the fewest digits that read back as the same number.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var round = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = round[0] == '-' ? "-" : "";
        var (digits, point) = Digits(round.AsSpan(sign.Length));
        if (digits.Length == 0)
        {
            return sign + "0.0";
        }

        if (point is > -4 and <= 16)
        {
            return sign + Plain(digits, point);
        }

        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>The text of a JSON string; null for another kind, and for a text that is not Unicode.</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return null;
        }
    }

    /// <summary>The members of an object by the code points of their names, the last of equal names.</summary>
    /// <returns>Null where a name is not Unicode.</returns>
    internal static List<KeyValuePair<string, JsonElement>>? SortedMembers(JsonElement mapping)
    {
        try
        {
            var byName = new SortedDictionary<string, JsonElement>(CodePointOrder.Instance);
            foreach (var member in mapping.EnumerateObject())
            {
                byName[member.Name] = member.Value;
            }

            return [.. byName];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Appends <c>str(value)</c>; with byte texts, strings inside lists are bytes and mappings sorted.
    /// </summary>
    internal static bool TryAppend(StringBuilder text, JsonElement value, bool isByteText)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return TryAppendRepr(text, value, isByteText);
        }

        var plain = TextOf(value);
        text.Append(plain);
        return plain is not null;
    }

    private static bool TryAppendRepr(StringBuilder text, JsonElement value, bool isByteText)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                if (TextOf(value) is not { } plain)
                {
                    return false;
                }

                PythonQuotes.Append(text, plain, isByteText);
                return true;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                return true;
            case JsonValueKind.Array:
                return TryAppendList(text, value, isByteText);
            case JsonValueKind.Object:
                return TryAppendMapping(text, value, isByteText);
            default:
                text.Append(value.ValueKind switch
                {
                    JsonValueKind.True => "True",
                    JsonValueKind.False => "False",
                    _ => "None",
                });
                return true;
        }
    }

    private static bool TryAppendList(StringBuilder text, JsonElement list, bool isByteText)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in list.EnumerateArray())
        {
            text.Append(separator);
            separator = ", ";
            if (!TryAppendRepr(text, item, isByteText))
            {
                return false;
            }
        }

        text.Append(']');
        return true;
    }

    private static bool TryAppendMapping(StringBuilder text, JsonElement mapping, bool isByteText)
    {
        var members = isByteText ? SortedMembers(mapping) : MembersAsRead(mapping);
        if (members is null)
        {
            return false;
        }

        text.Append('{');
        var separator = "";
        foreach (var (name, value) in members)
        {
            text.Append(separator);
            separator = ", ";
            PythonQuotes.Append(text, name, isByteText);
            text.Append(": ");
            if (!TryAppendRepr(text, value, isByteText))
            {
                return false;
            }
        }

        text.Append('}');
        return true;
    }

    /// <summary>Members in the order of their first sight with their last value, as a dict holds them.</summary>
    private static List<KeyValuePair<string, JsonElement>>? MembersAsRead(JsonElement mapping)
    {
        try
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            var members = new List<KeyValuePair<string, JsonElement>>();
            foreach (var member in mapping.EnumerateObject())
            {
                if (places.TryGetValue(member.Name, out var place))
                {
                    members[place] = KeyValuePair.Create(member.Name, member.Value);
                }
                else
                {
                    places[member.Name] = members.Count;
                    members.Add(KeyValuePair.Create(member.Name, member.Value));
                }
            }

            return members;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Number(string written)
    {
        if (written.AsSpan().ContainsAny(".eE"))
        {
            return Of(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return written == "-0" ? "0" : written;
    }

    /// <summary>The digits without leading and trailing zeros, and where the point stands before them.</summary>
    private static (string Digits, int Point) Digits(ReadOnlySpan<char> number)
    {
        var e = number.IndexOf('E');
        var exponent = e < 0
            ? 0
            : int.Parse(number[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? number : number[..e];
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var all = dot < 0 ? whole.ToString() : string.Concat(whole, mantissa[(dot + 1)..]);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole.Length + exponent - leading);
    }

    private static string Plain(string digits, int point)
    {
        if (point <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        return point >= digits.Length
            ? digits + new string('0', point - digits.Length) + ".0"
            : $"{digits[..point]}.{digits[point..]}";
    }
}
