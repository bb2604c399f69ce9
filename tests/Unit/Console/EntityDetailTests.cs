using Ops.Console.Topology;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class EntityDetailTests
{
    private static readonly TopologyView Topology = new(
        [
            Some.Entity(
                "service", "api",
                properties: [("port", 80L), ("size", 2048L), ("tls", true), ("note", null), ("long_word", "x")]),
            Some.Entity("service", "db"), Some.Entity("service", "web"), Some.Entity("machine", "atlas"),
        ],
        [
            Some.Relation("connects", "service", "api", "service", "db"),
            Some.Relation("connects", "service", "web", "service", "api"),
            Some.Relation("contains", "machine", "atlas", "service", "api"),
            Some.Relation("mirrors", "service", "api", "service", "db"),
            Some.Relation("uses", "service", "api", "filesystem", "never seen"),
        ]);

    [Fact]
    public void Neighbours_are_grouped_by_what_they_are_to_the_entity() =>
        Assert.Equal(
            ["Connects to: db", "Is connected from: web", "Is contained in: atlas", "Mirrors: db"],
            Detail()
                .Neighbours.Select(
                    group => $"{group.Title}: {string.Join(',', group.Entities.Select(entity => entity.Id))}"));

    [Fact]
    public void Properties_that_say_nothing_are_left_out_and_sizes_are_readable() =>
        Assert.Equal(
            [("long word", "x"), ("port", "80"), ("size", "2 KiB"), ("tls", "yes")], Detail().Properties);

    [Fact]
    public void Its_own_alarms_are_listed_worst_first()
    {
        var here = new ResourceView("service", "api", "api");
        AlarmView[] alarms =
        [
            Some.Alarm("1") with { Resource = here }, Some.Alarm("2", severity: "CRITICAL") with { Resource = here },
            Some.Alarm("3") with { Resource = here, State = "ok" }, Some.Alarm("4"),
        ];

        Assert.Equal(["2", "1"], EntityDetail.Of("service:api", Topology, alarms)!.Alarms.Select(alarm => alarm.Id));
    }

    [Fact]
    public void What_is_not_there_has_no_detail() => Assert.Null(EntityDetail.Of("service:nowhere", Topology, []));

    private static EntityDetail Detail() => EntityDetail.Of("service:api", Topology, [])!;
}
