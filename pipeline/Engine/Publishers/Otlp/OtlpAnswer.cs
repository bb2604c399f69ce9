using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>What a receiver says of a request that it took.</summary>
/// <remarks><code>
/// answer { ExportMetricsPartialSuccess = 1 }    partial { int64 rejected_data_points = 1; string error_message = 2 }
/// </code>
/// What cannot be read says nothing: the request was taken. Source: OTLP, "Partial Success".</remarks>
/// <param name="Rejected">How many points it left out.</param>
/// <param name="Message">Why, or empty.</param>
internal readonly record struct OtlpAnswer(long Rejected, string Message)
{
    /// <summary>Reads an answer in protobuf.</summary>
    public static OtlpAnswer ReadProtobuf(ReadOnlySpan<byte> answer)
    {
        var result = new OtlpAnswer(0, "");
        while (TryField(ref answer, out var field, out _, out var partial))
        {
            while (field == 1 && TryField(ref partial, out var inner, out var number, out var text))
            {
                result = inner switch
                {
                    1 => result with { Rejected = Math.Max(0, (long)number) },
                    2 => result with { Message = Encoding.UTF8.GetString(text) },
                    _ => result,
                };
            }
        }

        return result;
    }

    /// <summary>Reads an answer in JSON.</summary>
    public static OtlpAnswer ReadJson(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("partialSuccess", out var partial)
                || partial.ValueKind != JsonValueKind.Object)
            {
                return new OtlpAnswer(0, "");
            }

            var count = partial.TryGetProperty("rejectedDataPoints", out var rejected)
                && long.TryParse(rejected.ToString(), out var points) ? points : 0;
            return new OtlpAnswer(
                Math.Max(0, count), partial.TryGetProperty("errorMessage", out var why) ? why.ToString() : "");
        }
        catch (JsonException)
        {
            return new OtlpAnswer(0, "");
        }
    }

    private static bool TryField(
        ref ReadOnlySpan<byte> bytes, out int field, out ulong number, out ReadOnlySpan<byte> text)
    {
        (field, number) = (0, 0);
        text = default;
        if (!TryVarint(ref bytes, out var tag))
        {
            return false;
        }

        field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0: return TryVarint(ref bytes, out number);
            case 1: return TryFixed(ref bytes, sizeof(ulong), out number);
            case 5: return TryFixed(ref bytes, sizeof(uint), out number);
            case 2 when TryVarint(ref bytes, out var length) && length <= (ulong)bytes.Length:
                text = bytes[..(int)length];
                bytes = bytes[(int)length..];
                return true;
            default: return false;
        }
    }

    private static bool TryFixed(ref ReadOnlySpan<byte> bytes, int size, out ulong number)
    {
        number = 0;
        if (bytes.Length < size)
        {
            return false;
        }

        number = size == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        bytes = bytes[size..];
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
