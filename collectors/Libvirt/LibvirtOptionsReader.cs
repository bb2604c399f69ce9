using Ops.Model;

namespace Ops.Collectors.Libvirt;

/// <summary>Reads the settings of the compute agent; what is faulty keeps its default.</summary>
public static class LibvirtOptionsReader
{
    private const string What = "libvirt";
    private const int TextCharsMax = 1024;
    private static readonly string[] Domains = ["nova", "all"];

    /// <summary>The settings of that mapping.</summary>
    public static LibvirtOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new LibvirtOptions();
        if (!faults.Keys(node, What, "uri", "host", "domains", "timeout"))
        {
            return defaults;
        }

        return new LibvirtOptions
        {
            Uri = Text(node, "uri", faults) ?? defaults.Uri,
            Host = Text(node, "host", faults) ?? defaults.Host,
            NovaOnly = NovaOnly(node, faults) ?? defaults.NovaOnly,
            Timeout = Timeout(node, faults) ?? defaults.Timeout,
        };
    }

    private static string? Text(ConfigNode node, string key, ConfigFaults faults)
    {
        var text = faults.Text(node, key, What);
        if (text is null || (text.Length is > 0 and <= TextCharsMax && !text.Contains('\0')))
        {
            return text;
        }

        faults.Add(node[key]!, $"'{key}' of {What} must have 1 to {TextCharsMax} characters, found {text.Length}");
        return null;
    }

    private static bool? NovaOnly(ConfigNode node, ConfigFaults faults)
    {
        var text = faults.Text(node, "domains", What);
        if (text is not null && !Domains.Contains(text))
        {
            faults.NotOneOf(node["domains"]!, $"'domains' of {What}", Domains);
            return null;
        }

        return text is null ? null : text == "nova";
    }

    private static TimeSpan? Timeout(ConfigNode node, ConfigFaults faults)
    {
        var timeout = faults.Duration(node, "timeout", What);
        if (timeout is null || (timeout.Value.TotalMilliseconds >= 100 && timeout.Value.TotalMinutes <= 10))
        {
            return timeout;
        }

        faults.Add(
            node["timeout"]!,
            $"'timeout' of {What} must lie between 100ms and 10m, found '{node["timeout"]!.Text}'");
        return null;
    }
}
