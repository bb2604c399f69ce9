using System.Text.RegularExpressions;
using Ops.Collectors.Machine.Meters;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class MeterPageTests
{
    [Fact]
    public void The_page_of_meters_says_what_the_code_says()
    {
        var page = Path.Combine(Root(), "docs", "meters.md");
        if (Environment.GetEnvironmentVariable("OPS_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            File.WriteAllText(page, MeterPage.Render());
        }

        Assert.True(
            File.Exists(page) && File.ReadAllText(page) == MeterPage.Render(),
            "docs/meters.md is out of date; run the unit tests once with OPS_WRITE_DOCS=1 to write it");
    }

    [Fact]
    public void Meter_names_are_unique_and_well_formed()
    {
        Assert.Equal(MachineMeters.All.Count, MachineMeters.All.Select(meter => meter.Name).Distinct().Count());
        Assert.Equal(MachineMeters.All.Count, MachineMeters.All.Select(meter => meter.Index).Distinct().Count());
        Assert.All(MachineMeters.All, meter =>
            Assert.Matches(new Regex("^(compute|hardware|machine)(\\.[a-z0-9_]+)+$"), meter.Name));
    }

    [Fact]
    public void Every_meter_says_what_it_is()
    {
        Assert.All(MachineMeters.All, meter =>
        {
            Assert.EndsWith(".", meter.Description, StringComparison.Ordinal);
            Assert.NotEmpty(meter.Origin);
            Assert.NotEmpty(meter.ResourceType);
        });
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ops.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above holds Ops.sln");
    }
}
