using System.Buffers.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>
/// How much work waited for a resource: share of the last 10 s in percent, and total in microseconds.
/// </summary>
/// <param name="SomeAvg10">Share of time in which at least one task waited.</param>
/// <param name="SomeTotalUs">The same since boot.</param>
/// <param name="FullAvg10">Share of time in which all tasks waited; null where the kernel does not say.</param>
/// <param name="FullTotalUs">The same since boot.</param>
/// <remarks>Source: the kernel's Documentation/accounting/psi.rst.</remarks>
internal readonly record struct PressureStall(double SomeAvg10, long SomeTotalUs, double? FullAvg10, long FullTotalUs)
{
    /// <summary>Reads a file of /proc/pressure; null when it holds no <c>some</c> line.</summary>
    public static PressureStall? Parse(ReadOnlySpan<byte> text)
    {
        PressureStall? found = null;
        var lines = new FieldReader(text);
        while (lines.NextLine(out var line))
        {
            var kind = line.Word();
            var (avg10, totalUs) = Values(ref line);
            if (kind.SequenceEqual("some"u8))
            {
                found = new PressureStall(avg10, totalUs, null, 0);
            }
            else if (kind.SequenceEqual("full"u8) && found is { } some)
            {
                found = some with { FullAvg10 = avg10, FullTotalUs = totalUs };
            }
        }

        return found;
    }

    private static (double Avg10, long TotalUs) Values(ref FieldReader line)
    {
        var (avg10, totalUs) = (0.0, 0L);
        for (var word = line.Word(); !word.IsEmpty; word = line.Word())
        {
            if (word.StartsWith("avg10="u8))
            {
                Utf8Parser.TryParse(word["avg10=".Length..], out avg10, out _);
            }
            else if (word.StartsWith("total="u8))
            {
                totalUs = FieldReader.ToLong(word["total=".Length..]);
            }
        }

        return (avg10, totalUs);
    }
}
