using Ops.Collectors.Hooks;
using Ops.Unit.Architecture;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Hooks;

public sealed class HookConfigReaderTests
{
    [Fact]
    public void Every_fault_is_told()
    {
        var hook = SomeConfig.Read(
            """
            hook: a/b
            format: alertmanger
            alert: []
            alerts:
              - {resource: {type: x}}
              - {match: [], resource: {id: "{", typ: y}}
              - {match: {a: b}}
              - {resource: {id: "{a|upper}"}}
            """,
            (root, all) => HookConfigReader.Read(root, "file", all), out var faults);
        Assert.Null(hook);
        Assert.Equal(
            [
                "unknown key 'alert' in a hook; allowed: hook, format, secret, alerts. Did you mean 'alerts'?",
                "'hook' of a hook must be letters, digits, '-', '_' and '.', found 'a/b'",
                "'format' of a hook must be one of alertmanager, zabbix, nagios, cloudevents, collectd, found "
                + "'alertmanger'. Did you mean 'alertmanager'?",
                "'resource' of an entry of alerts needs 'id'",
                "unknown key 'typ' in 'resource' of an entry of alerts; allowed: type, id, name. Did you mean 'type'?",
                "'id' of 'resource': '{' has a '{' without a '}'",
                "'match' of an entry of alerts must be a mapping of labels to patterns, found a list",
                "an entry of alerts needs 'resource', a mapping with 'id' and mostly 'type'",
                "'id' of 'resource': '{a|upper}' must be {LABEL}, {LABEL|host} or {LABEL|lower}",
            ],
            faults);
    }

    [Theory]
    [InlineData("web1:9100", "web1")]
    [InlineData("http://web1:9100/metrics", "web1")]
    [InlineData("https://web1/x", "web1")]
    [InlineData("[::1]:9100", "::1")]
    [InlineData("fe80::1", "fe80::1")]
    [InlineData("web1", "web1")]
    [InlineData(":9100", ":9100")]
    public void The_host_of_an_address_is_found(string address, string host) =>
        Assert.Equal(host, LabelTemplate.HostOf(address));

    [Fact]
    public void A_text_without_all_its_labels_is_nothing()
    {
        var template = LabelTemplate.Parse("{a}/service/{b|lower}", out var fault);
        Assert.Null(fault);
        Assert.Equal("x/service/y", template.Fill(new Dictionary<string, string> { ["a"] = "x", ["b"] = "Y" }));
        Assert.Null(template.Fill(new Dictionary<string, string> { ["a"] = "x" }));
        Assert.Equal(["a", "b"], template.Labels);
    }

    [Fact]
    public void The_hooks_that_come_with_the_program_are_well()
    {
        var folder = Path.Combine(SourceTree.Root, "server", "etc", "datasources", "hooks");
        var files = Directory.GetFiles(folder, "*.yaml");
        Assert.Equal(5, files.Length);
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var hook = SomeConfig.Read(
                File.ReadAllText(file), (root, all) => HookConfigReader.Read(root, name, all), out var faults);
            Assert.Empty(faults);
            Assert.Equal(name, hook!.Name);
        }
    }
}
