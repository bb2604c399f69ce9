using System.Globalization;

namespace Ops.Collectors.Ipmi;

/// <summary>Reads what <c>ipmitool -v sdr</c> prints: a block of <c>Key : value</c> lines for each sensor.</summary>
internal static class SensorText
{
    /// <summary>The most sensors that are read.</summary>
    public const int SensorsMax = 1024;

    /// <summary>The sensors, in the order of the text; lines that are none are passed over.</summary>
    public static IReadOnlyList<SensorReading> Parse(string text)
    {
        var sensors = new List<SensorReading>();
        string id = "", type = "", reading = "", status = "";
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            var key = colon < 0 ? default : line[..colon].Trim();
            if (key.SequenceEqual("Sensor ID"))
            {
                Add();
                id = Value(line, colon);
                type = reading = status = "";
            }
            else if (key.StartsWith("Sensor Type"))
            {
                type = Value(line, colon);
            }
            else if (key.SequenceEqual("Sensor Reading"))
            {
                reading = Value(line, colon);
            }
            else if (key.SequenceEqual("Status"))
            {
                status = Value(line, colon);
            }
        }

        Add();
        return sensors;

        void Add()
        {
            if (id.Length > 0 && sensors.Count < SensorsMax)
            {
                var (value, unit) = Reading(reading);
                sensors.Add(new SensorReading(id, WithoutCode(type), value, unit, status));
            }
        }
    }

    private static string Value(ReadOnlySpan<char> line, int colon) => line[(colon + 1)..].Trim().ToString();

    /// <summary>Without the number in brackets: <c>Temperature (0x01)</c> is Temperature.</summary>
    private static string WithoutCode(string type)
    {
        var bracket = type.IndexOf(" (", StringComparison.Ordinal);
        return bracket < 0 ? type : type[..bracket];
    }

    /// <summary>Of <c>42 (+/- 0) degrees C</c> 42 and C; what does not begin with a number has no value.</summary>
    private static (double? Value, string Unit) Reading(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !double.TryParse(
            words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return (null, "");
        }

        var unit = words[^1] switch { "Volts" => "V", "Watts" => "W", "Amps" => "A", var other => other };
        return (value, unit);
    }
}
