using System.Globalization;
using System.Net;

namespace Ops.Collectors.Wire;

/// <summary>How many datagrams the kernel dropped at a socket of this machine.</summary>
/// <remarks>Source: proc(5), the last column of <c>/proc/net/udp</c> and <c>udp6</c>.</remarks>
internal static class SocketDrops
{
    /// <summary>The drops at that local port; 0 where the kernel does not tell.</summary>
    public static long Of(IPEndPoint bound)
    {
        var file = bound.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "udp" : "udp6";
        try
        {
            return Read(File.ReadLines($"/proc/net/{file}"), bound.Port);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The drops at that port in the lines of such a file.</summary>
    internal static long Read(IEnumerable<string> lines, int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var drops = 0L;
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 12 && words[1].EndsWith(ending, StringComparison.Ordinal)
                && long.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                drops += count;
            }
        }

        return drops;
    }
}
