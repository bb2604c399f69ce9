using System.Diagnostics;
using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration.Vitrage;

/// <summary>The real <c>vitrage</c> client asks a running Ops.</summary>
public sealed class VitrageClientTests : IAsyncLifetime
{
    private const string Client = "/usr/bin/vitrage";

    private readonly ServerProcess _server = new("vitrage");

    [Fact]
    public async Task Its_commands_work_from_an_event_to_its_root_cause()
    {
        var template = Path.Combine(_server.ConfigFolder, "..", "lost.yaml");
        await File.WriteAllTextAsync(template, Template, TestContext.Current.CancellationToken);

        var validated = await JsonAsync("template", "validate", "--path", template);
        Assert.Equal("validation OK", validated.GetProperty("results")[0].GetProperty("status").GetString());
        var added = await JsonAsync("template", "add", "--path", template);
        Assert.Equal("ACTIVE", added[0].GetProperty("Status").GetString());
        var listed = await JsonAsync("template", "list");
        Assert.Contains(listed.EnumerateArray(), row => row.GetProperty("Name").GetString() == "lost");
        var shown = await JsonAsync("template", "show", "lost");
        Assert.Equal("lost", shown.GetProperty("metadata").GetProperty("name").GetString());

        await RunAsync(
            "event", "post", "--type", "compute.host.down",
            "--details", """{"hostname": "compute-1", "source": "monitor", "cause": "link", "status": "down"}""");
        await RunAsync("healthcheck");
        Assert.Equal("OK", (await JsonAsync("status")).GetProperty("reason").GetString());
        Assert.NotEqual(0, (await JsonAsync("service", "list")).GetArrayLength());
        var types = await JsonAsync("resource", "count");
        Assert.Equal(1, types.GetProperty("machine").GetInt32());
        var machine = (await JsonAsync("resource", "list")).EnumerateArray()
            .First(row => row.GetProperty("Type").GetString() == "machine");
        var one = await JsonAsync("resource", "show", machine.GetProperty("ID").GetString()!);
        Assert.Equal("machine", one.GetProperty("vitrage_type").GetString());

        var alarms = (await JsonAsync("alarm", "list")).EnumerateArray().ToList();
        var down = alarms.Single(row => row.GetProperty("Name").GetString() == "compute.host.down");
        Assert.Equal(
            ("doctor", "nova.host", "CRITICAL"),
            (Text(down, "Type"), Text(down, "Resource Type"), Text(down, "Severity")));
        var counts = await JsonAsync("alarm", "count");
        Assert.InRange(counts.GetProperty("CRITICAL").GetInt32(), 1, 100);
        Assert.Equal("Active", (await JsonAsync("alarm", "show", Text(down, "ID"))).GetProperty("state").GetString());
        var history = await JsonAsync("alarm", "history");
        Assert.Contains(history.EnumerateArray(), row => Text(row, "Name") == "compute.host.down");
        var rca = await JsonAsync("rca", "show", Text(down, "ID"));
        Assert.Equal("compute.host.down", Text(rca.GetProperty("nodes")[0], "name"));
        var topology = await JsonAsync("topology", "show", "--filter", """{"==": {"vitrage_type": "machine"}}""");
        Assert.Equal(2, topology.GetProperty("nodes").GetArrayLength());

        await RunAsync("template", "delete", "lost");
        var (code, _, error) = await ClientAsync(["template", "show", "lost"]);
        Assert.NotEqual(0, code);
        Assert.Contains("there is no template 'lost'", error);
    }

    [Fact]
    public async Task A_template_that_was_added_is_there_after_a_restart()
    {
        var template = Path.Combine(_server.ConfigFolder, "..", "lost.yaml");
        await File.WriteAllTextAsync(template, Template, TestContext.Current.CancellationToken);
        await RunAsync("template", "add", "--path", template);
        await _server.StopAsync();
        await _server.StartAsync();
        Assert.Equal("lost", Text((await JsonAsync("template", "show", "lost")).GetProperty("metadata"), "name"));
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private async Task<JsonElement> JsonAsync(params string[] command)
    {
        var answer = await RunAsync([.. command, "-f", "json"]);
        return JsonDocument.Parse(answer).RootElement;
    }

    private async Task<string> RunAsync(params string[] command)
    {
        var (code, output, error) = await ClientAsync(command);
        Assert.True(code == 0, $"vitrage {string.Join(' ', command)}: {error}");
        return output;
    }

    private async Task<(int Code, string Output, string Error)> ClientAsync(string[] command)
    {
        var start = new ProcessStartInfo(Client, command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OS_AUTH_TYPE"] = "vitrage-noauth",
                ["VITRAGE_USER_ID"] = "admin",
                ["VITRAGE_PROJECT_ID"] = "admin",
                ["VITRAGE_ENDPOINT"] = $"http://127.0.0.1:{_server.Port}/compat/vitrage",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private const string Template = """
        metadata: {name: lost, version: 3, type: standard, description: a host that is down is in error}
        entities:
          host: {category: RESOURCE, type: nova.host}
          down: {category: ALARM, type: doctor, name: compute.host.down}
        scenarios:
          - condition: down [on] host
            actions:
              - set_state: {state: ERROR, target: host}
        """;
}
