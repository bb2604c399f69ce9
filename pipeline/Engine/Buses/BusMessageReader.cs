using System.Buffers.Text;
using Ops.Model;

namespace Ops.Pipeline.Buses;

/// <summary>Reads messages of the bus into samples. Not safe for concurrent use.</summary>
/// <remarks>A series' head is parsed once and then known by its bytes, so its samples share one context.</remarks>
/// <param name="catalog">Where series are interned.</param>
internal sealed class BusMessageReader(SeriesCatalog catalog)
{
    /// <summary>How many heads are remembered; with more, all are forgotten and read again.</summary>
    public const int HeadsMax = 500_000;

    private readonly Dictionary<int, Known> _heads = [];

    private static ReadOnlySpan<byte> Points => "\"points\":["u8;

    /// <summary>Adds the samples of a message.</summary>
    /// <param name="message">The message's value.</param>
    /// <param name="samples">Takes the samples.</param>
    /// <returns>How many lines could not be read, and why the first could not.</returns>
    public (int Faults, string? First) Read(ReadOnlySpan<byte> message, List<Sample> samples)
    {
        var (faults, line) = (0, 0);
        string? first = null;
        while (!message.IsEmpty)
        {
            line++;
            var end = message.IndexOf((byte)'\n');
            var text = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            var before = samples.Count;
            if (!text.IsEmpty && ReadLine(text, samples) is { } fault)
            {
                samples.RemoveRange(before, samples.Count - before);
                faults++;
                first ??= $"line {line}: {fault}";
            }
        }

        return (faults, first);
    }

    private string? ReadLine(ReadOnlySpan<byte> line, List<Sample> samples)
    {
        // In what precedes the points there may be the same words, in what follows there is no text.
        var at = line.LastIndexOf(Points);
        if (at < 0 || at > BusLine.HeadBytesMax)
        {
            return at < 0 ? "it has no 'points'" : $"its head is longer than {BusLine.HeadBytesMax} bytes";
        }

        at += Points.Length;
        var (series, context, fault) = Head(line[..at]);
        return fault ?? ReadPoints(line[at..], series!, context!, samples);
    }

    private (Series? Series, SampleContext? Context, string? Fault) Head(ReadOnlySpan<byte> head)
    {
        var hashing = new HashCode();
        hashing.AddBytes(head);
        var hash = hashing.ToHashCode();
        if (_heads.TryGetValue(hash, out var known) && head.SequenceEqual(known.Bytes))
        {
            return (known.Series, known.Context, null);
        }

        var bytes = head.ToArray();
        var (series, context, fault) = BusHeadReader.Read((byte[])[.. bytes, .. "]}"u8], catalog);
        if (fault is null)
        {
            if (_heads.Count >= HeadsMax)
            {
                _heads.Clear();
            }

            _heads[hash] = new Known(bytes, series!, context!);
        }

        return (series, context, fault);
    }

    private static string? ReadPoints(
        ReadOnlySpan<byte> text, Series series, SampleContext context, List<Sample> samples)
    {
        while (true)
        {
            if (!TryToken(ref text, (byte)'[')
                || !Utf8Parser.TryParse(text, out long timestampNs, out var used))
            {
                return "a point must be [time, volume] or [time, volume, monotonic time]";
            }

            text = text[used..];
            if (!TryNumber(ref text, out var volume))
            {
                return "a point needs a time in nanoseconds and a finite volume";
            }

            var monotonic = double.NaN;
            if (!text.IsEmpty && text[0] == ',' && !TryNumber(ref text, out monotonic))
            {
                return "a point's monotonic time must be a number";
            }

            if (!TryToken(ref text, (byte)']'))
            {
                return "a point is not closed";
            }

            samples.Add(new Sample(series, context, timestampNs, volume, monotonic));
            if (!TryToken(ref text, (byte)','))
            {
                return text.SequenceEqual("]}"u8) ? null : "something follows the points";
            }
        }
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (!TryToken(ref text, (byte)',') || !Utf8Parser.TryParse(text, out number, out var used)
            || !double.IsFinite(number))
        {
            return false;
        }

        text = text[used..];
        return true;
    }

    private static bool TryToken(ref ReadOnlySpan<byte> text, byte token)
    {
        if (text.IsEmpty || text[0] != token)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private sealed record Known(byte[] Bytes, Series Series, SampleContext Context);
}
