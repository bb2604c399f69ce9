using System.Net;
using Ops.Remediation.Notifications;
using Ops.Remediation.Notifications.Delivery;
using Xunit;

namespace Ops.Unit.Remediation;

public sealed class RetryAndEgressTests
{
    [Fact]
    public void The_wait_doubles_within_its_bounds_and_is_scattered()
    {
        var schedule = new RetrySchedule(new NotifierOptions(), seed: 1);

        Assert.InRange(schedule.Wait(1, null).TotalSeconds, 0.5, 1);
        Assert.InRange(schedule.Wait(4, null).TotalSeconds, 4, 8);
        Assert.InRange(schedule.Wait(1000, null).TotalSeconds, 150, 300);
        Assert.NotEqual(schedule.Wait(5, null), schedule.Wait(5, null));
    }

    [Fact]
    public void The_receiver_may_ask_for_more_within_its_own_bound()
    {
        var schedule = new RetrySchedule(new NotifierOptions(), seed: 1);

        Assert.Equal(TimeSpan.FromMinutes(30), schedule.Wait(1, TimeSpan.FromMinutes(30)));
        Assert.Equal(TimeSpan.FromHours(1), schedule.Wait(1, TimeSpan.FromDays(30)));
        Assert.InRange(schedule.Wait(4, TimeSpan.FromSeconds(-5)).TotalSeconds, 4, 8);
    }

    [Theory]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("2001:db8::1", true)]
    public void Link_local_addresses_are_not_called(string address, bool may) =>
        Assert.Equal(may, EgressPolicy.AllButLinkLocal(IPAddress.Parse(address)));

    [Fact]
    public void Only_so_many_dead_letters_are_kept()
    {
        var state = new Alarms.FakeStateStore();
        var outbox = new Outbox(state, deadMax: 2, log: null);
        for (var number = 1; number <= 3; number++)
        {
            outbox.Bury(Record(number), "no");
        }

        Assert.Equal(["2", "3"], outbox.DeadLetters().Select(letter => letter.Id));
        Assert.Equal(1, outbox.DeadDropped);
        Assert.Equal(2, state.ReadAll(Outbox.DeadArea).Count);
        Assert.Equal(4, new Outbox(state, deadMax: 2, log: null).NextSequence());
    }

    private static OutboxRecord Record(int number) => new()
    {
        Id = $"{number}", Sequence = number, Route = "duty", EventId = "e", Event = "alarm.raised",
        ContentType = "application/json", Body = [], CreatedAt = SomeAlarm.At,
    };
}
