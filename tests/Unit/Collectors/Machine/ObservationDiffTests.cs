using Ops.Collectors.Machine.Topology;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class ObservationDiffTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_the_same_is_said_once()
    {
        var diff = new ObservationDiff();
        Assert.Single(diff.To([Picture("a")], At));
        Assert.Empty(diff.To([Picture("a")], At.AddSeconds(1)));
    }

    [Fact]
    public void A_change_of_state_property_or_relation_is_said()
    {
        var diff = new ObservationDiff();
        diff.To([Picture("a")], At);
        Assert.Equal("DOWN", Assert.Single(diff.To([Picture("a", "DOWN")], At)).State);
        var picture = Picture("a", "DOWN");
        picture.Properties["pid"] = 7L;
        Assert.Equal(7L, Assert.Single(diff.To([picture], At)).Properties["pid"]);
        picture = Picture("a", "DOWN");
        picture.Properties["pid"] = 7L;
        picture.Relations.Add(new ObservedRelation("on", RelationDirection.Out, new EntityRef("t", "b")));
        Assert.Single(Assert.Single(diff.To([picture], At)).Relations);
    }

    [Fact]
    public void A_property_that_is_no_more_is_named_with_nothing()
    {
        var diff = new ObservationDiff();
        var picture = Picture("a");
        picture.Properties["port"] = 80L;
        diff.To([picture], At);
        var properties = Assert.Single(diff.To([Picture("a")], At)).Properties;
        Assert.True(properties.ContainsKey("port"));
        Assert.Null(properties["port"]);
    }

    [Fact]
    public void What_is_gone_is_deleted_after_the_rest_is_said()
    {
        var diff = new ObservationDiff();
        diff.To([Picture("a"), Picture("b")], At);
        var changes = diff.To([Picture("b"), Picture("c")], At);
        Assert.Equal(["Upsert t:c", "Delete t:a"], changes.Select(change => $"{change.Action} {change.Entity}"));
        Assert.All(changes, change => Assert.Equal("machine", change.Datasource));
    }

    [Fact]
    public void What_an_earlier_run_reported_and_is_gone_is_deleted()
    {
        var diff = new ObservationDiff();
        diff.Remember(new EntityRef("t", "a"));
        diff.Remember(new EntityRef("t", "b"));
        var changes = diff.To([Picture("b")], At);
        Assert.Equal(["Upsert t:b", "Delete t:a"], changes.Select(change => $"{change.Action} {change.Entity}"));
    }

    [Fact]
    public void Times_go_on_though_the_clock_stands_or_goes_back()
    {
        var diff = new ObservationDiff();
        var first = diff.To([Picture("a")], At)[0].At;
        var second = diff.To([Picture("a", "DOWN")], At)[0].At;
        var third = diff.To([Picture("a")], At.AddHours(-1))[0].At;
        Assert.True(first < second && second < third);
    }

    private static EntityPicture Picture(string id, string state = "ACTIVE") =>
        new() { Entity = new EntityRef("t", id), Name = id, State = state };
}
