using Ops.Collectors.Notifications.Meters;
using Ops.Model;
using Ops.Server.Config;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

public sealed class MeterDefinitionsTests
{
    private const string Good = "name: m, type: gauge, unit: B, volume: 1, resource_id: $.payload.id, event_type: a";

    /// <summary>The meters of the catalogue that notifications still bring and whose name is in a file.</summary>
    private static readonly string[] Catalogue =
    [
        "memory", "vcpus", "disk.root.size", "disk.ephemeral.size", "compute.instance.booting.time",
        "compute.node.cpu.frequency", "compute.node.cpu.kernel.time", "compute.node.cpu.idle.time",
        "compute.node.cpu.user.time", "compute.node.cpu.iowait.time", "compute.node.cpu.kernel.percent",
        "compute.node.cpu.idle.percent", "compute.node.cpu.user.percent", "compute.node.cpu.iowait.percent",
        "compute.node.cpu.percent", "image.size", "image.download", "image.serve", "volume.size", "snapshot.size",
        "backup.size", "volume.provider.capacity.total", "volume.provider.capacity.free",
        "volume.provider.capacity.allocated", "volume.provider.capacity.provisioned",
        "volume.provider.capacity.virtual_free", "volume.provider.pool.capacity.total",
        "volume.provider.pool.capacity.free", "volume.provider.pool.capacity.allocated",
        "volume.provider.pool.capacity.provisioned", "volume.provider.pool.capacity.virtual_free",
        "manila.share.size", "bandwidth", "dns.domain.exists", "trove.instance.exists",
    ];

    [Fact]
    public void Every_meter_of_the_catalogue_that_notifications_bring_is_defined()
    {
        var faults = new ConfigFaults();
        var file = Path.Combine(SourceTree.Root, "server/etc/meters.d/openstack.yaml");
        var definitions = MeterDefinitions.Read([YamlReader.ReadFile(file, faults)], faults)!;
        Assert.Empty(Catalogue.Except(definitions.Names));

        // storage.objects.*, identity.authenticate.* and what Magnum sends bear names of their own.
        Assert.Equal(Catalogue.Length + 3, definitions.Count);
        Assert.Equal(
            ["hardware.ipmi.temperature", "hardware.ipmi.current", "hardware.ipmi.fan", "hardware.ipmi.voltage"],
            IronicSensors.Groups.Select(group => IronicSensors.EventTypePrefix + group.ToLowerInvariant()));
    }

    [Fact]
    public void Of_equal_names_the_last_of_a_file_counts_and_the_first_file()
    {
        var faults = new ConfigFaults();
        var files = new[] { $"metric: [{{{Good}}}, {{{Good}, user_id: x}}]", $"metric: [{{{Good}}}]" }
            .Select((yaml, index) => YamlReader.Read(yaml, $"{index}.yaml", faults));
        var definition = Assert.Single(MeterDefinitions.Read(files, faults)!.All);
        Assert.Contains(SampleField.UserId, definition.Fields.Keys);
        Assert.Equal(
            [
                "0.yaml:1:10: meter 'm' is defined already; this definition is passed over",
                "1.yaml:1:10: meter 'm' is defined already; this definition is passed over",
            ],
            faults.Warnings.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("metric:")]
    [InlineData("metric: []")]
    public void An_empty_file_defines_nothing(string yaml) => Assert.Equal(0, SomeNotification.Meters(yaml).Count);

    [Theory]
    [InlineData("[]", "m.yaml:1:1: a meter file must be a mapping, found a list")]
    [InlineData(
        "metrics: []",
        "m.yaml:1:1: unknown key 'metrics' in a meter file; allowed: metric. Did you mean 'metric'?")]
    [InlineData("metric: [x]", "m.yaml:1:10: a meter must be a mapping, found 'x'")]
    public void A_file_is_checked(string yaml, string fault) =>
        Assert.Equal([fault], SomeNotification.MeterFaults(yaml));

    [Theory]
    [InlineData("name: m", "", "a meter needs 'name'")]
    [InlineData("unit: B", "", "meter 'm' needs 'unit'")]
    [InlineData("volume: 1", "volume: ''", "meter 'm' needs 'volume'|a path of 'volume' of meter 'm' must be text such "
        + "as 'payload.name', found ''")]
    [InlineData("event_type: a", "", "meter 'm' needs 'event_type': one or more regular expressions")]
    [InlineData("type: gauge", "type: guage", "'type' of meter 'm' must be one of gauge, delta, cumulative, found "
        + "'guage'")]
    [InlineData("unit: B", "unit: B, resource: x", "unknown key 'resource' in a meter; allowed: name, type, volume, "
        + "unit, timestamp, user_id, project_id, resource_id, event_type, metadata, user_metadata, lookup")]
    [InlineData("unit: B", "unit: B, lookup: [names]", "'lookup' of meter 'm' must be one of name, type, volume, unit, "
        + "timestamp, user_id, project_id, resource_id, found 'names'. Did you mean 'name'?")]
    [InlineData("unit: B", "unit: B, metadata: x", "'metadata' of meter 'm' must be a mapping, found 'x'")]
    [InlineData("unit: B", "unit: B, metadata: {a: '$['}", "the path '$[' of metadata 'a' of meter 'm' cannot be read: "
        + "unexpected the end at 3")]
    [InlineData("volume: 1", "lookup: name, volume: {fields: [$.a, $.b], plugin: timedelta}", "'volume' of meter 'm' "
        + "has a plugin that gives one value, which does not go with 'lookup'")]
    public void A_meter_is_checked(string part, string instead, string faults)
    {
        var meter = Good.Replace(part, instead).Replace(", ,", ",").Trim(',', ' ');
        Assert.Equal(
            faults.Split('|'),
            SomeNotification.MeterFaults($"metric: [{{{meter}}}]").Select(fault => fault[(fault.IndexOf(' ') + 1)..]));
    }

    [Fact]
    public void A_broken_pattern_of_event_types_is_a_fault() => Assert.StartsWith(
        "m.yaml:1:92: an event_type of meter 'm': 'a(' is not a regular expression: ",
        Assert.Single(SomeNotification.MeterFaults($"metric: [{{{Good}(}}]")));
}
