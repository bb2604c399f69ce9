using CsCheck;
using Ops.Collectors.Datasources;
using Ops.Model;
using Ops.Server.Config;
using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

public sealed class DatasourceFileTests
{
    [Fact]
    public async Task A_datasource_of_an_address_needs_no_cloud()
    {
        var cloud = new FakeCloud().On("/api/racks?page=1", """{"racks": [{"name": "r1", "watts": "12.5"}]}""");
        var polled = new Polled(cloud, """
            name: racks
            interval: 30s
            reach: {url: "http://dcim/api/racks?page=1", headers: {X-Auth-Token: abc}}
            entries: racks
            samples:
              - {meter: rack.power, unit: W, volume: watts, resource_id: name}
            """);
        Assert.Equal([("racks", TimeSpan.FromSeconds(30))], polled.Set.Names);
        Assert.Equal("rack.power gauge 12.5 W r1 ", Polled.Line(Assert.Single((await polled.RoundAsync()).Samples)));
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end()
    {
        var cloud = new FakeCloud().On("/v2.1/x", """{"items": [], "next": "/x"}""");
        var polled = new Polled(cloud, """
            name: x
            reach: {service: compute, path: /x}
            entries: items
            next: next
            samples: [{meter: m, volume: v, resource_id: id}]
            """);
        var fault = await Assert.ThrowsAsync<Ops.Collectors.Keystone.CloudException>(() => polled.RoundAsync());
        Assert.Equal("/x has pages that lead in a circle", fault.Message);
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once() => Assert.Equal(
        [
            "d.yaml:2:1: unknown key 'entires' in a datasource; allowed: name, interval, reach, entries, next, each, "
            + "samples, entities, notifications. Did you mean 'entries'?",
            "d.yaml:3:8: 'reach' of datasource 'x' needs one of service, url and command, found service and command",
            "d.yaml:3:36: 'command' of 'reach' of datasource 'x' is not allowed: set allow_host_commands to run "
            + "programs",
            "d.yaml:5:27: 'volume' of a sample of datasource 'x' is not a valid expression: function 'size' is not "
            + "allowed; allowed: len, int, float, str, bool, round, abs, sum, min, max, sorted, list, set, tuple, "
            + "reversed, any, all, next, iter, range, dict, isinstance, map, filter, timestamp",
            "d.yaml:5:5: a sample of datasource 'x' needs 'resource_id'",
            "d.yaml:8:30: 'direction' of a relation of an entity of datasource 'x' must be one of in, out, found "
            + "'inn'. Did you mean 'in'?",
        ],
        Polled.Faults("""
            name: x
            entires: y
            reach: {service: compute, command: [ls]}
            samples:
              - {meter: m, volume: "= size(entry)"}
            entities:
              - {type: t, id: id, relations: [
                  {label: on, direction: inn, type: t, id: id}]}
            """));

    [Fact]
    public void What_each_takes_is_checked() => Assert.Equal(
        [
            "d.yaml:4:31: 'take' of an 'each' of datasource 'x' must be one of entries, headers, found 'header'. "
            + "Did you mean 'headers'?",
            "d.yaml:5:31: 'take' of an 'each' of datasource 'x' may be headers only with a service",
        ],
        Polled.Faults("""
            name: x
            reach: {url: "http://a/b"}
            each:
              - {name: a, path: id, take: header}
              - {name: b, path: id, take: headers}
            """));

    [Theory]
    [InlineData("compute", "cloud 'home': compute answered 404 to /v2.1/x: {\"error\": \"no such path\"}")]
    [InlineData("backup", "cloud 'home': the catalogue has no public endpoint of 'backup' in region 'one'")]
    public async Task What_is_not_there_lists_nothing_only_where_it_is_optional(string service, string message)
    {
        static Polled Of(string service, string optional) => new(
            new FakeCloud().On("/v2.1/all", """{"items": [{"id": "a"}]}"""), $$"""
            name: x
            reach: {service: compute, path: /all}
            entries: items
            each: [{name: more, service: {{service}}, path: "= '/x'", optional: {{optional}} }]
            samples: [{meter: m, volume: "more | len(value)", resource_id: id}]
            """);
        var fault = await Assert.ThrowsAsync<Ops.Collectors.Keystone.CloudException>(
            () => Of(service, "false").RoundAsync());
        Assert.Equal(message, fault.Message);
        var found = await Of(service, "true").RoundAsync();
        Assert.Equal(["m gauge 0  a "], found.Samples.Select(Polled.Line));
    }

    [Fact]
    public async Task Entries_that_stand_apart_are_limited_together()
    {
        var cloud = new FakeCloud()
            .On("/v2.1/all", """{"items": [{"id": "a"}, {"id": "b"}]}""")
            .On("/v2.1/a", """{"parts": [1, 2]}""").On("/v2.1/b", """{"parts": [3, 4]}""");
        const string Yaml = """
            name: x
            reach: {service: compute, path: /all}
            entries: items
            each: [{name: part, path: "= '/' + entry['id']", apart: true}]
            samples: [{meter: m, volume: part, resource_id: id}]
            """;
        var found = await new Polled(cloud, Yaml).RoundAsync();
        Assert.Equal(
            ["m gauge 1  a ", "m gauge 2  a ", "m gauge 3  b ", "m gauge 4  b "], found.Samples.Select(Polled.Line));
        var fault = await Assert.ThrowsAsync<Ops.Collectors.Keystone.CloudException>(
            () => new Polled(cloud, Yaml, options: new() { EntriesMax = 3 }).RoundAsync());
        Assert.Equal("'part' of x lists more than 3 entries", fault.Message);
    }

    [Fact]
    public void Two_datasources_of_one_name_are_a_fault() => Assert.Equal(
        ["d.yaml:3:12: datasource 'a' is defined already at d.yaml:2:5"],
        Polled.Faults("""
            datasources:
              - {name: a, reach: {service: compute}}
              - {name: a, reach: {service: compute}}
            """));

    [Fact]
    public void Any_file_is_read_or_refused() =>
        Gen.OneOf(
            "name: a\n", "- name: b\n", "  unit: x\n", "reach: {service: compute}\n", "entries: a | [\n", "each: [1]\n",
            "samples: [{meter: m}]\n", "entities: x\n", "notifications: [{event_type: 1}]\n", "datasources: 5\n",
            "  value_attribute: '[a].b'\n", "  host_command: x\n", "interval: -1\n", "  extra_metadata_fields: [a]\n")
            .Array[0, 8].Sample(
                lines =>
                {
                    var faults = new ConfigFaults();
                    if (YamlReader.Read(string.Concat(lines), "f.yaml", faults) is { } root)
                    {
                        DatasourceSet.Read([("f.yaml", root)], faults);
                    }
                },
                time: 1);
}
