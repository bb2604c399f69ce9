using Ops.Model;
using Xunit;

namespace Ops.Unit.Model;

public sealed class EventTraitTests
{
    [Fact]
    public void A_trait_reads_as_its_type()
    {
        Assert.Equal(3L, new EventTrait("n", TraitType.Integer, "3").Typed());
        Assert.Equal(2.5, new EventTrait("n", TraitType.Float, "2.5").Typed());
        Assert.Equal("3", new EventTrait("n", TraitType.Text, "3").Typed());
        Assert.Equal(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            new EventTrait("n", TraitType.DateTime, "2026-01-02T03:04:05Z").Typed());
    }

    [Fact]
    public void What_does_not_read_as_its_type_stays_text() =>
        Assert.Equal("many", new EventTrait("n", TraitType.Integer, "many").Typed());
}
