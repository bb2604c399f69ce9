using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>What a network interface carried since it came up. Source: proc(5), /proc/net/dev.</summary>
internal readonly record struct InterfaceCounters(
    long InBytes, long InPackets, long InErrors, long InDrops, long OutBytes, long OutPackets, long OutErrors,
    long OutDrops)
{
    /// <summary>Reads /proc/net/dev, interfaces by name.</summary>
    public static void Parse(ReadOnlySpan<byte> dev, Dictionary<string, InterfaceCounters> byName)
    {
        byName.Clear();
        var names = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[64];
        var lines = new FieldReader(dev);
        while (lines.NextLine(out var line))
        {
            var colon = line.Rest.LastIndexOf((byte)':');
            var word = colon < 0 ? default : line.Rest[..colon].Trim((byte)' ');
            if (word.IsEmpty || word.Length > name.Length)
            {
                continue;
            }

            var length = Encoding.UTF8.GetChars(word, name);
            names[name[..length]] = Counters(new FieldReader(line.Rest[(colon + 1)..]));
        }
    }

    private static InterfaceCounters Counters(FieldReader line)
    {
        var (inBytes, inPackets, inErrors, inDrops) = (line.Long(), line.Long(), line.Long(), line.Long());
        line.Skip(4);
        return new InterfaceCounters(
            inBytes, inPackets, inErrors, inDrops, line.Long(), line.Long(), line.Long(), line.Long());
    }
}
