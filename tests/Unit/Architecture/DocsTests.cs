using System.Text.RegularExpressions;
using Ops.Server.Config;
using Ops.Unit.Server.Cli;
using Xunit;

namespace Ops.Unit.Architecture;

public sealed class DocsTests
{
    [Fact]
    public void Every_verb_has_its_section_in_the_page_of_the_command_line()
    {
        var page = Page("docs/cli.md");
        var verbs = new CliHost().CommandLine.Verbs();
        Assert.All(verbs, verb => Assert.True(page.Contains($"\n## `ops {verb}`", StringComparison.Ordinal), verb));
        var told = Regex.Matches(page, "^## `ops ([^`]+)`", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        Assert.Empty(told.Except(verbs));
    }

    [Fact]
    public async Task Every_option_stands_in_the_section_of_its_verb()
    {
        var sections = Page("docs/cli.md").Split("\n## ");
        foreach (var verb in new CliHost().CommandLine.Verbs())
        {
            var cli = new CliHost();
            await cli.RunAsync([.. verb.Split(' '), "--help"]);
            var section = sections.Single(one => one.StartsWith($"`ops {verb}`", StringComparison.Ordinal));
            var options = Regex.Matches(cli.Output.ToString(), @"(?<=\s)--[a-z-]+").Select(match => match.Value)
                .Except(["--help", "--version"]);
            Assert.All(options, option => Assert.True(section.Contains($"`{option}", StringComparison.Ordinal),
                verb + option));
        }
    }

    [Fact]
    public void Every_address_stands_in_the_page_of_the_api()
    {
        var page = Page("docs/api.md");
        string[] addresses =
        [
            "/api/v1/meters", "/api/v1/series", "/api/v1/samples", "/api/v1/resources", "/api/v1/entities",
            "/api/v1/topology", "/api/v1/alarms", "/api/v1/alarms/{id}", "/api/v1/alarms/{id}/why", "/api/v1/templates",
            "/api/v1/status", "/api/v1/events", "/write", "/api/v2/write", "/query", "/ping", "/health", "/healthz",
            "/readyz", "/metrics", "/openapi/v1.json", "/docs/api", "/api/v1/alarms/history",
            "/api/v1/events/history", "/v1/metrics", "/v1/logs", "/api/v1/write", "/hooks/{name}",
        ];
        Assert.All(addresses, address => Assert.True(page.Contains($"{address}`", StringComparison.Ordinal), address));
    }

    [Fact]
    public void Every_concern_stands_in_the_page_of_the_configuration()
    {
        var page = Page("docs/configuration.md");
        Assert.All(
            ConfigConcern.All,
            concern => Assert.True(page.Contains($"`{concern}`", StringComparison.Ordinal), concern.Name));
    }

    [Fact]
    public void The_settings_that_the_page_shows_are_read_without_fault()
    {
        var page = Page("docs/configuration.md");
        var example = Regex.Match(page, "```yaml\n# ops.yaml\n(?<text>.*?)```", RegexOptions.Singleline);
        Assert.True(example.Success);
        var faults = new Ops.Model.ConfigFaults();
        var root = YamlReader.Read(example.Groups["text"].Value, "ops.yaml", faults);
        Assert.NotEmpty(OpsOptionsReader.Read(root, faults).Auth.Tokens);
        Assert.Empty(faults.All);
    }

    private static string Page(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));
}
