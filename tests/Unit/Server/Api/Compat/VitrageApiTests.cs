using System.Text.Json;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Server.Api.Compat;

public sealed class VitrageApiTests
{
    private const string Api = "/compat/vitrage/v1";

    [Fact]
    public async Task The_topology_is_a_graph_of_nodes_and_links()
    {
        var graph = await PostAsync("/topology/", "{}");
        Assert.True(graph.GetProperty("directed").GetBoolean());
        Assert.True(graph.GetProperty("multigraph").GetBoolean());
        var nodes = graph.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(
            ["box", "nginx", "OpenStack Cluster", "service gone", "dependency lost"],
            nodes.Select(node => node.GetProperty("name").GetString()));
        Assert.Equal([0, 1, 2, 3, 4], nodes.Select(node => node.GetProperty("graph_index").GetInt32()));
        Assert.Equal(
            ["2-contains-0", "0-contains-1", "3-on-1", "3-causes-4"],
            graph.GetProperty("links").EnumerateArray().Select(link =>
                $"{link.GetProperty("source")}-{link.GetProperty("key")}-{link.GetProperty("target")}"));
    }

    [Fact]
    public async Task A_query_gives_what_it_names_and_the_way_to_it()
    {
        const string Query = """{"query": "{\"==\": {\"name\": \"nginx\"}}"}""";
        var graph = await PostAsync("/topology/", Query);
        Assert.Equal(
            ["box", "nginx", "OpenStack Cluster"],
            graph.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_tree_nests_children_under_the_cluster()
    {
        var tree = await PostAsync(
            "/topology", """{"graph_type": "tree", "query": "{\"==\": {\"vitrage_category\": \"RESOURCE\"}}"}""");
        Assert.Equal("OpenStack Cluster", tree.GetProperty("name").GetString());
        var box = Assert.Single(tree.GetProperty("children").EnumerateArray());
        var service = Assert.Single(box.GetProperty("children").EnumerateArray());
        Assert.Equal("nginx", service.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"graph_type": "tree"}""", 400, "graph_type 'tree' needs a query")]
    [InlineData("""{"graph_type": "star"}""", 400, "'graph_type' must be graph or tree, found 'star'")]
    [InlineData("""{"depth": 2}""", 403, "graph_type 'graph' needs a root where a depth is given")]
    [InlineData("""{"depth": 0}""", 400, "'depth' must be a whole number above 0")]
    [InlineData("""{"root": "nobody"}""", 404, "there is no vertex 'nobody'")]
    [InlineData("""{"query": "{\"~\": 1}"}""", 400, "unknown operator '~'")]
    [InlineData("[]", 400, "the body must be a JSON object")]
    [InlineData("""{"root": "\ud800"}""", 400, "the body holds text that is not Unicode")]
    [InlineData("""{"\ud800": [{"a": 1}]}""", 400, "the body holds text that is not Unicode")]
    [InlineData("""{"query": "{\"==\": {\"name\": \"\\ud800\"}}"}""", 400, "the query is not JSON")]
    public async Task A_bad_question_is_refused_in_words_that_the_client_prints(string body, int status, string message)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync($"{Api}/topology/", body);
        Assert.Equal(status, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(message, json.RootElement.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_root_and_a_depth_cut_a_neighbourhood()
    {
        await using var host = await ApiHost.StartAsync();
        var resources = await PostAsync("/resources/", """{"resource_type": "machine"}""");
        var id = Assert.Single(resources.EnumerateArray()).GetProperty("vitrage_id").GetString();
        var graph = await PostAsync("/topology/", $$"""{"root": "{{id}}", "depth": 1}""");
        Assert.Equal(
            ["box", "nginx", "OpenStack Cluster"],
            graph.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()));
        Assert.Equal("box", (await GetAsync($"/resources/{id}")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Alarms_are_listed_counted_shown_and_paged()
    {
        var alarms = await GetAsync("/alarm/?vitrage_id=all&limit=1000&sort_by=start_timestamp&sort_dirs=desc");
        Assert.Equal(
            ["d4e5f6", "a1b2c3"], alarms.EnumerateArray().Select(one => one.GetProperty("vitrage_id").GetString()));
        var count = await GetAsync("/alarm/count/?all_tenants=False");
        Assert.Equal("""{"SEVERE":0,"CRITICAL":1,"WARNING":1,"OK":0,"N/A":0}""", count.GetRawText());
        Assert.Equal("service gone", (await GetAsync("/alarm/a1b2c3")).GetProperty("name").GetString());
        var second = await GetAsync("/alarm/?sort_by=name&limit=1&marker=d4e5f6");
        Assert.Equal("a1b2c3", Assert.Single(second.EnumerateArray()).GetProperty("vitrage_id").GetString());
        var filtered = await GetAsync("/alarm/?filter_by=name&filter_vals=LOST");
        Assert.Equal("d4e5f6", Assert.Single(filtered.EnumerateArray()).GetProperty("vitrage_id").GetString());
    }

    [Fact]
    public async Task The_history_shows_alarms_that_have_ended()
    {
        var history = await GetAsync("/alarm/history/?start=2026-01-02T10:00:00&sort_by=start_timestamp");
        Assert.Equal(
            [("e0e0e0", "Inactive", "2026-01-02T11:30:00Z"), ("d4e5f6", "Active", null)],
            history.EnumerateArray().Select(one => (
                one.GetProperty("vitrage_id").GetString()!, one.GetProperty("state").GetString()!,
                one.GetProperty("end_timestamp").GetString())));
    }

    [Fact]
    public async Task Root_causes_are_the_alarms_that_cause_and_are_caused()
    {
        var rca = await GetAsync("/rca/?alarm_id=d4e5f6&all_tenants=False");
        Assert.Equal(1, rca.GetProperty("inspected_index").GetInt32());
        Assert.Equal(2, rca.GetProperty("nodes").GetArrayLength());
        var link = Assert.Single(rca.GetProperty("links").EnumerateArray());
        Assert.Equal(("causes", 0, 1), (
            link.GetProperty("key").GetString()!, link.GetProperty("source").GetInt32(),
            link.GetProperty("target").GetInt32()));
    }

    [Fact]
    public async Task Resources_are_counted_by_a_property()
    {
        var byType = await PostAsync("/resources/count/", "{}");
        Assert.Equal("""{"machine":1,"openstack.cluster":1,"service":1}""", byType.GetRawText());
        var byArch = await PostAsync("/resources/count/", """{"group_by": "arch"}""");
        Assert.Equal("""{"":2,"x64":1}""", byArch.GetRawText());
    }

    [Fact]
    public async Task An_event_of_a_host_that_is_down_is_an_alarm_until_it_is_up()
    {
        await using var host = await ApiHost.StartAsync();
        const string Event = """
            {"time": "2026-01-02T12:00:00", "type": "compute.host.down",
             "details": {"hostname": "compute-1", "source": "monitor", "cause": "link-down", "status": "STATUS"}}
            """;
        foreach (var status in new[] { "down", "up" })
        {
            using var answer = await host.PostAsync($"{Api}/event/", Event.Replace("STATUS", status));
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Equal(
            [("doctor", "compute.host.down", "nova.host:compute-1", AlarmState.Alarm, "CRITICAL"),
                ("doctor", "compute.host.down", "nova.host:compute-1", AlarmState.Ok, "CRITICAL")],
            host.Alarms.Taken.Select(one =>
                (one.Monitor, one.Rule, $"{one.ResourceType}:{one.ResourceId}", one.To, one.Severity)));
        Assert.Equal("monitor says link-down", host.Alarms.Taken[0].Reason);
    }

    [Theory]
    [InlineData("""{"type": "x"}""", "'details' must be an object")]
    [InlineData("""{"details": {}}""", "'type' must be a text of 1 to 255 characters")]
    [InlineData("""{"type": "x", "details": {"hostname": "h", "status": "odd"}}""",
        "'details.status' must be down or up, found 'odd'")]
    [InlineData("""{"type": "x", "time": "now", "details": {}}""", "'time' must be ISO 8601, found 'now'")]
    public async Task A_bad_event_is_refused(string body, string message)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync($"{Api}/event/", body);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(JsonEncodedText.Encode(message, System.Text.Encodings.Web.JavaScriptEncoder
            .UnsafeRelaxedJsonEscaping).ToString(), await answer.Content.ReadAsStringAsync());
        Assert.Empty(host.Alarms.Taken);
    }

    [Fact]
    public async Task Templates_are_listed_shown_validated_added_and_deleted()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, list) = await host.GetAsync($"{Api}/template/");
        Assert.Equal(
            """
            [{"uuid":"u1","name":"service_gone","status":"ACTIVE","status details":"from a file",
            "date":"2026-01-02T12:00:00Z","type":"standard"}]
            """.Replace("\n", ""), list);
        Assert.Equal(
            """{"metadata":{"name":"service_gone","version":3}}""",
            (await host.GetAsync($"{Api}/template/service_gone")).Body);
        Assert.Equal(404, (await host.GetAsync($"{Api}/template/none")).Status);

        const string Body = """{"templates": [["t.yaml", {"a": 1}]], "params": {"p": "v"}}""";
        using var validated = await host.PostAsync($"{Api}/template/", Body);
        Assert.Contains("\"status\":\"validation OK\"", await validated.Content.ReadAsStringAsync());
        const string Addition = """
            {"templates": [[null, {"metadata": {"name": "x"}}]], "template_type": "definition", "overwrite": true}
            """;
        using var added = await host.Client.PutAsync($"{Api}/template/", new StringContent(Addition));
        Assert.Equal(200, (int)added.StatusCode);
        using var deletion = new HttpRequestMessage(HttpMethod.Delete, $"{Api}/template/")
        {
            Content = new StringContent("""{"id": ["a", "b"]}"""),
        };
        using var deleted = await host.Client.SendAsync(deletion);
        Assert.Equal(200, (int)deleted.StatusCode);
        Assert.Equal(
            [
                """validate {"a": 1} p=v""",
                """add True {"metadata":{"name":"x","type":"definition"}} """,
                "delete a b",
            ],
            host.Library.Asked);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"templates": []}""")]
    [InlineData("""{"templates": [["only a path"]]}""")]
    [InlineData("""{"templates": [["p", {}]], "params": 3}""")]
    public async Task Bad_templates_are_refused(string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync($"{Api}/template/", body);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static async Task<JsonElement> GetAsync(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync(Api + path);
        Assert.Equal(200, status);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task<JsonElement> PostAsync(string path, string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(Api + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
