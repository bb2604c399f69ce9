using CsCheck;
using Ops.Collectors.Rabbit;
using Xunit;

namespace Ops.Unit.Collectors.Rabbit;

public sealed class DeliveryMemoryTests
{
    [Fact]
    public void The_newest_accepted_messages_are_remembered()
    {
        var memory = new DeliveryMemory(acceptedMax: 2);
        foreach (var id in new[] { "a", "b", "b", "c" })
        {
            memory.Accept(id);
        }

        Assert.False(memory.WasAccepted("a"));
        Assert.True(memory.WasAccepted("b"));
        Assert.True(memory.WasAccepted("c"));
    }

    [Fact]
    public void Failures_are_counted_until_the_message_is_accepted()
    {
        var memory = new DeliveryMemory();
        Assert.Equal((1, 2, 1), (memory.Fail("a"), memory.Fail("a"), memory.Fail("b")));
        memory.Accept("a");
        Assert.Equal((0, 1), (memory.FailuresOf("a"), memory.FailuresOf("b")));
    }

    [Fact]
    public void Failures_are_bounded()
    {
        var memory = new DeliveryMemory();
        for (var i = 0; i <= DeliveryMemory.FailedMax; i++)
        {
            memory.Fail($"m{i}");
        }

        Assert.Equal((0, 1), (memory.FailuresOf("m0"), memory.FailuresOf($"m{DeliveryMemory.FailedMax}")));
    }

    [Fact]
    public void Whatever_was_just_accepted_is_remembered() => Gen.String.Array.Sample(ids =>
    {
        var memory = new DeliveryMemory(acceptedMax: 3);
        foreach (var id in ids)
        {
            memory.Fail(id);
            memory.Accept(id);
            Assert.True(memory.WasAccepted(id));
            Assert.Equal(0, memory.FailuresOf(id));
        }
    });
}
