using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ops.Storage.InfluxQl;

/// <summary>Writes answers as InfluxDB 1.x does.</summary>
public static class InfluxQlJson
{
    /// <summary>Writes an answer.</summary>
    /// <param name="output">Takes UTF-8.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="epoch">How times are written.</param>
    /// <param name="pretty">Whether over many lines.</param>
    public static void Write(
        IBufferWriter<byte> output, InfluxQlAnswer answer, InfluxQlEpoch epoch = InfluxQlEpoch.Rfc3339,
        bool pretty = false)
    {
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = pretty, IndentSize = 4,
        };
        using var json = new Utf8JsonWriter(output, options);
        json.WriteStartObject();
        if (answer.Error is not null)
        {
            json.WriteString("error", answer.Error);
        }
        else if (answer.Results.Count > 0)
        {
            json.WriteStartArray("results");
            for (var i = 0; i < answer.Results.Count; i++)
            {
                Write(json, i, answer.Results[i], epoch);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>An answer as text.</summary>
    public static string ToText(
        InfluxQlAnswer answer, InfluxQlEpoch epoch = InfluxQlEpoch.Rfc3339, bool pretty = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, answer, epoch, pretty);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A number as Go's JSON writes it: plain from 1e-6 up to 1e21, else with an exponent.</summary>
    internal static string Number(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E');
        if (mark < 0)
        {
            return shortest;
        }

        var exponent = int.Parse(
            shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest[..mark];
        if (exponent is < -6 or >= 21)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}")
                .Replace("e-0", "e-", StringComparison.Ordinal);
        }

        var sign = mantissa.StartsWith('-') ? "-" : "";
        var digits = mantissa.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : sign + digits.PadRight(exponent + 1, '0');
    }

    private static void Write(Utf8JsonWriter json, int id, StatementResult result, InfluxQlEpoch epoch)
    {
        json.WriteStartObject();
        json.WriteNumber("statement_id", id);
        if (result.Series is { Count: > 0 })
        {
            json.WriteStartArray("series");
            foreach (var series in result.Series)
            {
                Write(json, series, epoch, result.Zone);
            }

            json.WriteEndArray();
        }

        if (result.Error is not null)
        {
            json.WriteString("error", result.Error);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ResultSeries series, InfluxQlEpoch epoch, TimeZoneInfo? zone)
    {
        json.WriteStartObject();
        if (series.Name is not null)
        {
            json.WriteString("name", series.Name);
        }

        if (series.Tags is { Count: > 0 })
        {
            json.WriteStartObject("tags");
            foreach (var (name, value) in series.Tags)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteStartArray("columns");
        foreach (var column in series.Columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        if (series.Rows.Count > 0)
        {
            json.WriteStartArray("values");
            foreach (var row in series.Rows)
            {
                json.WriteStartArray();
                foreach (ref readonly var cell in row.AsSpan())
                {
                    Write(json, cell, epoch, zone);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in Cell cell, InfluxQlEpoch epoch, TimeZoneInfo? zone)
    {
        switch (cell.Kind)
        {
            case CellKind.Number when Math.Abs(cell.Number) < 1e15 && cell.Number == Math.Truncate(cell.Number):
                json.WriteNumberValue((long)cell.Number);
                break;
            case CellKind.Number:
                json.WriteRawValue(Number(cell.Number), skipInputValidation: true);
                break;
            case CellKind.Text:
                json.WriteStringValue(cell.Text);
                break;
            case CellKind.Truth:
                json.WriteBooleanValue(cell.Number != 0);
                break;
            case CellKind.Time when epoch == InfluxQlEpoch.Rfc3339:
                json.WriteStringValue(InfluxQlEpochs.Rfc3339(cell.TimeNs, zone));
                break;
            case CellKind.Time:
                json.WriteNumberValue(cell.TimeNs / epoch.UnitNs());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
