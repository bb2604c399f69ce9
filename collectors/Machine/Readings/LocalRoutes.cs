using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>
/// Tells by which interface an address of the machine itself is reached. Source: proc(5), /proc/net/route, if_inet6.
/// </summary>
internal sealed class LocalRoutes
{
    private readonly List<(uint Network, uint Mask, string Interface)> _v4 = [];
    private readonly Dictionary<UInt128, string> _v6 = [];

    /// <summary>Reads both files anew.</summary>
    public void Load(IMachineFiles files)
    {
        _v4.Clear();
        _v6.Clear();
        if (files.Read("/proc/net/route", out var routes) == FileAnswer.Ok)
        {
            LoadV4(routes);
        }

        if (files.Read("/proc/net/if_inet6", out var addresses) == FileAnswer.Ok)
        {
            LoadV6(addresses);
        }
    }

    /// <summary>
    /// The interface that bears an address; null when the address stands for all, or nothing is known.
    /// </summary>
    public string? InterfaceOf(in TcpAddress address)
    {
        if (address.IsAny)
        {
            return null;
        }

        if (address.IsLoopback)
        {
            return "lo";
        }

        if (!address.IsV4)
        {
            return _v6.GetValueOrDefault(address.Address);
        }

        string? best = null;
        var bestMask = 0u;
        foreach (var (network, mask, name) in _v4)
        {
            if ((address.V4 & mask) == network && mask > bestMask)
            {
                (best, bestMask) = (name, mask);
            }
        }

        return best;
    }

    private void LoadV4(ReadOnlySpan<byte> routes)
    {
        var lines = new FieldReader(routes);
        lines.NextLine(out _);
        while (lines.NextLine(out var line))
        {
            var (name, network) = (line.Text(), Word(line.Word()));
            line.Skip(5);
            _v4.Add((network, Word(line.Word()), name));
        }
    }

    private void LoadV6(ReadOnlySpan<byte> addresses)
    {
        var lines = new FieldReader(addresses);
        while (lines.NextLine(out var line))
        {
            if (UInt128.TryParse(line.Word(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var address))
            {
                line.Skip(4);
                _v6[address] = line.Text();
            }
        }
    }

    private static uint Word(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out uint word, out _, 'x') ? BinaryPrimitives.ReverseEndianness(word) : 0;
}
