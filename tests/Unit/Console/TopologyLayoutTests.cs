using CsCheck;
using Ops.Console.Topology;
using Ops.Console.Words;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class TopologyLayoutTests
{
    private static readonly TopologyView Small = new(
        [
            Some.Entity("machine", "atlas"), Some.Entity("disk", "sda"), Some.Entity("filesystem", "/"),
            Some.Entity("service", "web"),
            Some.Entity("service", "api"), Some.Entity("service", "db", "DOWN"),
            Some.Entity("endpoint", "192.0.2.1:443"),
        ],
        [
            Some.Relation("contains", "machine", "atlas", "disk", "sda"),
            Some.Relation("on", "filesystem", "/", "disk", "sda"),
            Some.Relation("connects", "service", "web", "service", "api"),
            Some.Relation("connects", "service", "api", "service", "db"),
            Some.Relation("uses", "service", "db", "filesystem", "/"),
            Some.Relation("connects", "service", "web", "endpoint", "192.0.2.1:443"),
            Some.Relation("connects", "service", "web", "service", "never seen"),
        ]);

    [Fact]
    public void Layers_run_from_endpoints_down_to_the_machine()
    {
        var picture = Arrange(Small);

        Assert.Equal(
            ["Remote endpoints", "Services", "Filesystems and interfaces", "Disks", "Machine"],
            picture.Bands.Select(band => band.Title));
        Assert.True(Y("192.0.2.1:443") < Y("web") && Y("db") < Y("/") && Y("/") < Y("sda") && Y("sda") < Y("atlas"));

        double Y(string id) => Node(picture, id).Y;
    }

    [Fact]
    public void Callers_stand_above_what_they_call()
    {
        var picture = Arrange(Small);

        Assert.True(Node(picture, "web").Y < Node(picture, "api").Y && Node(picture, "api").Y < Node(picture, "db").Y);
    }

    [Fact]
    public void What_contains_what_is_told_by_layers_and_a_neighbour_never_seen_is_not_drawn()
    {
        var edges = Arrange(Small).Edges;

        Assert.Equal(5, edges.Count);
        Assert.DoesNotContain(edges, edge => edge.Label == "contains");
    }

    [Fact]
    public void A_thing_bears_the_worst_of_its_alarms_and_its_state()
    {
        var alarms = new[] { Alarm("web", "WARNING"), Alarm("web", "CRITICAL"), Alarm("/", "OK") };

        var picture = TopologyLayout.Arrange(new TopologyQuestion(Small, alarms, 1000, 700));

        Assert.Equal(Severity.Critical, Node(picture, "web").Severity);
        Assert.Equal((Severity.Critical, true), (Node(picture, "db").Severity, Node(picture, "db").Down));
        Assert.Equal(Severity.Fine, Node(picture, "sda").Severity);
    }

    [Fact]
    public void An_edge_between_two_in_trouble_is_told_from_others()
    {
        var picture = TopologyLayout.Arrange(new TopologyQuestion(Small, [Alarm("api", "WARNING")], 1000, 700));

        Assert.Equal(
            [("service:api", "service:db")], picture.Edges.Where(edge => edge.Troubled)
                .Select(edge => (edge.From, edge.To)));
    }

    [Fact]
    public void A_filter_keeps_what_bears_all_words_and_fades_its_neighbours()
    {
        var picture = TopologyLayout.Arrange(new TopologyQuestion(Small, [], 1000, 700) { Filter = "service API" });

        Assert.Equal(["api", "db", "web"], picture.Nodes.Select(node => node.Title).Order());
        Assert.Equal([false, true, true], picture.Nodes.OrderBy(node => node.Title).Select(node => node.Faded));
    }

    [Fact]
    public void Only_trouble_leaves_what_is_in_trouble_and_its_neighbours()
    {
        var picture = TopologyLayout.Arrange(new TopologyQuestion(Small, [], 1000, 700) { OnlyTrouble = true });

        Assert.Equal(["/", "api", "db"], picture.Nodes.Select(node => node.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Many_endpoints_stand_together_by_port_but_for_a_few()
    {
        var picture = Arrange(Endpoints(60));

        Assert.Equal(TopologyDraft.EndpointsMax - 2 + 2, picture.Nodes.Count);
        Assert.Equal(60, picture.Nodes.Sum(node => node.Count));
        Assert.Equal(
            ["26 × :53", "28 × :443"], picture.Nodes.Where(node => node.Count > 1).Select(node => node.Title).Order());
    }

    [Fact]
    public void Every_endpoint_is_drawn_when_asked_for() =>
        Assert.Equal(60, TopologyLayout.Arrange(
            new TopologyQuestion(Endpoints(60), [], 1000, 700) { AllEndpoints = true }).Nodes.Count);

    [Fact]
    public void An_alarmed_endpoint_never_hides_in_a_group()
    {
        var picture = TopologyLayout.Arrange(
            new TopologyQuestion(Endpoints(60), [Alarm("192.0.2.59:443", "WARNING")], 1000, 700));

        Assert.Equal(Severity.Warning, Node(picture, "192.0.2.59:443").Severity);
    }

    [Fact]
    public void A_circle_of_calls_ends()
    {
        var circle = new TopologyView(
            [Some.Entity("service", "a"), Some.Entity("service", "b")],
            [Some.Relation("connects", "service", "a", "service", "b"),
                Some.Relation("connects", "service", "b", "service", "a")]);

        Assert.Equal(2, Arrange(circle).Nodes.Count);
    }

    [Fact]
    public void Nothing_at_all_is_an_empty_picture()
    {
        var picture = Arrange(new TopologyView([], []));

        Assert.Empty(picture.Nodes);
        Assert.Equal(0, picture.Height);
    }

    [Fact]
    public void A_narrow_window_has_two_columns_and_headings_above()
    {
        var picture = TopologyLayout.Arrange(new TopologyQuestion(Endpoints(8), [], 390, 500));

        Assert.Equal(0, picture.Gutter);
        Assert.Equal(2, picture.Nodes.Select(node => node.X).Distinct().Count());
    }

    [Fact]
    public void No_two_nodes_overlap_and_all_lie_within_the_picture() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 80], Gen.Int[300, 2000], Gen.Int[200, 1200])
            .Sample((services, calls, width, height) =>
        {
            var random = new Random((services * 1000) + calls);
            var picture = TopologyLayout.Arrange(
                new TopologyQuestion(Tangle(services, calls, random), [], width, height));

            Assert.Equal(services, picture.Nodes.Count);
            Assert.All(picture.Nodes, node => Assert.True(
                node.X >= 0 && node.Y >= 0 && node.X + TopologyLayout.NodeWidth <= picture.Width + 0.01
                && node.Y + TopologyLayout.NodeHeight <= picture.Height + 0.01));
            foreach (var row in picture.Nodes.GroupBy(node => node.Y))
            {
                var lefts = row.Select(node => node.X).Order().ToArray();
                Assert.All(
                    lefts.Zip(lefts.Skip(1)), pair =>
                        Assert.True(pair.Second - pair.First >= TopologyLayout.NodeWidth));
            }
        }, iter: 60);

    private static TopologyPicture Arrange(TopologyView topology) =>
        TopologyLayout.Arrange(new TopologyQuestion(topology, [], 1000, 700));

    private static PlacedNode Node(TopologyPicture picture, string id) =>
        picture.Nodes.Single(node => node.Key.Id == id);

    private static TopologyView Endpoints(int count) => new(
        [.. Enumerable.Range(0, count)
            .Select(index => Some.Entity("endpoint", $"192.0.2.{index}:{(index % 2 == 0 ? 53 : 443)}"))], []);

    private static TopologyView Tangle(int services, int calls, Random random) => new(
        [.. Enumerable.Range(0, services).Select(index => Some.Entity("service", $"s{index}"))],
        services == 0 ? [] : [.. Enumerable.Range(0, calls).Select(_ => Some.Relation(
            "connects", "service", $"s{random.Next(services)}", "service", $"s{random.Next(services)}"))]);

    private static AlarmView Alarm(string id, string severity) =>
        Some.Alarm(id + severity, severity: severity) with { Resource = new ResourceView("service", id, id) };
}
