using System.Text;
using Ops.Model;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Renders the page that lists every meter of the machine.</summary>
internal static class MeterPage
{
    /// <summary>The page in Markdown, lines ended by a line feed.</summary>
    public static string Render()
    {
        var page = new StringBuilder();
        page.Append("""
            # Meters of the machine

            What Ops measures of the machine it runs on, every 10 s, with nothing configured. Names and units are those
            of Ceilometer's catalogue where it has the meter (its KB is 1024 bytes), else they begin with `machine.`.

            A sample's `resource_id` is the id of the entity in the topology that it was measured on; the column *on*
            gives that entity's type. The machine's id is its host name in lower case, everything else is
            `HOST/TYPE/NAME`, such as `web1/disk/sda`, `web1/filesystem/var/lib` (`web1/filesystem/` is the root),
            `web1/interface/eth0` and `web1/service/nginx:80`. A gauge stands for itself; a cumulative meter only grows
            until its owner restarts. Metadata always holds `host`; of filesystems also `mount`, `device` and `fstype`;
            of services `port`, `command` and `unit`.

            This page is written from the code (`collectors/Machine/Meters`); a test compares the two.

            """.ReplaceLineEndings("\n"));

        foreach (var (subject, meters) in MachineMeters.BySubject)
        {
            page.Append($"\n## {subject}\n\n| meter | type | unit | on | from | what it says |\n");
            page.Append("|---|---|---|---|---|---|\n");
            foreach (var meter in meters)
            {
                page.Append($"| `{meter.Name}` | {meter.Kind.Word()} | {meter.Unit} | {meter.ResourceType} ");
                page.Append($"| {meter.Origin} | {meter.Description} |\n");
            }
        }

        return page.ToString();
    }
}
