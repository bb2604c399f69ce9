using System.Globalization;

namespace Ops.Collectors.Ipmi;

/// <summary>Asks Intel Node Manager, and reads its answers.</summary>
/// <remarks>Source: Intel Intelligent Power Node Manager 3.0 interface, commands C8h (statistics) and 65h (CUPS); byte
/// layouts as Ceilometer's platform/intel_node_manager.py reads them. Numbers are little-endian.</remarks>
internal static class IntelNode
{
    /// <summary>What <c>raw 0x06 0x01</c> of an Intel controller holds from its seventh octet on.</summary>
    private static readonly byte[] Intel = [0x57, 0x01, 0x00];

    private static readonly string[] Prefix = ["0x57", "0x01", "0x00"];

    /// <summary>The statistics of platform power, inlet and outlet temperature, and airflow.</summary>
    public static IReadOnlyList<string> Statistics(byte mode) =>
        ["raw", "0x2e", "0xc8", .. Prefix, "0x01", "0x00", Hex(mode), "0x00", "0x00"];

    /// <summary>The compute utilisation: 1 for the index, 5 for the use of CPU, memory and I/O.</summary>
    public static IReadOnlyList<string> Cups(byte what) => ["raw", "0x2e", "0x65", .. Prefix, "0x00", Hex(what)];

    /// <summary>A command through the controller to Node Manager.</summary>
    public static IReadOnlyList<string> Bridged(IpmiOptions options, IReadOnlyList<string> command) =>
        ["-b", Hex(options.NodeManagerChannel), "-t", Hex(options.NodeManagerSlave), .. command];

    /// <summary>The octets that <c>ipmitool raw</c> prints; empty where it prints something else.</summary>
    public static byte[] Octets(string text)
    {
        const int octetsMax = 256;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var octets = new byte[Math.Min(words.Length, octetsMax)];
        for (var i = 0; i < octets.Length; i++)
        {
            if (words[i].Length != 2 || !byte.TryParse(
                words[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[i]))
            {
                return [];
            }
        }

        return octets;
    }

    /// <summary>Whether the answer to <c>raw 0x06 0x01</c> is that of an Intel controller.</summary>
    public static bool IsIntel(byte[] deviceId) => deviceId.Length >= 9 && deviceId.AsSpan(6, 3).SequenceEqual(Intel);

    /// <summary>A number of an answer that begins with Intel's id; null where the answer is another or too short.
    /// </summary>
    public static double? Number(byte[] answer, int at, int octets)
    {
        if (answer.Length < at + octets || !answer.AsSpan(0, 3).SequenceEqual(Intel))
        {
            return null;
        }

        ulong number = 0;
        for (var i = octets - 1; i >= 0; i--)
        {
            number = (number << 8) | answer[at + i];
        }

        return number;
    }

    /// <summary>The watts of <c>dcmi power reading</c>, of any maker's controller; null where there are none.</summary>
    public static double? DcmiWatts(string text)
    {
        const string key = "Instantaneous power reading:";
        var at = text.IndexOf(key, StringComparison.Ordinal);
        var words = at < 0 ? [] : text[(at + key.Length)..].Split(
            (char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 2 && words[1] == "Watts"
            && double.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var watts)
            ? watts
            : null;
    }

    private static string Hex(int octet) => "0x" + octet.ToString("x2", CultureInfo.InvariantCulture);
}
