using Ops.Model;
using Ops.Storage.History;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class AlarmHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task An_alarm_is_found_at_any_moment_of_its_life()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            store.AlarmHistory.Record([Came("a", 10), Changed("a", 20, "CRITICAL"), Went("a", 30), Came("b", 25)]);
            Assert.Equal(["a 10-30 CRITICAL"], await Between(store.AlarmHistory, 0, 25));
            Assert.Equal(["b 25- WARNING", "a 10-30 CRITICAL"], await Between(store.AlarmHistory, 29, 31));
            Assert.Equal(["b 25- WARNING", "a 10-30 CRITICAL"], await Between(store.AlarmHistory, 30, 40));
            Assert.Equal(["b 25- WARNING"], await Between(store.AlarmHistory, 31, 1000));
            Assert.Empty(await Between(store.AlarmHistory, 0, 10));
            Assert.Single(await store.AlarmHistory.QueryAsync(Some.Time(0), Some.Time(100), 1, default));
        });
    }

    [Fact]
    public async Task What_waits_is_on_disk_after_the_store_is_closed()
    {
        await Some.InStoreAsync(_folder, (store, _) =>
        {
            store.AlarmHistory.Record([Came("a", 10)]);
            return Task.CompletedTask;
        });
        await Some.InStoreAsync(_folder, async (store, _) =>
            Assert.Equal(["a 10- WARNING"], await Between(store.AlarmHistory, 0, 100)));
    }

    [Fact]
    public async Task What_went_while_nothing_ran_is_ended()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            store.AlarmHistory.Record([Came("a", 10), Came("b", 11)]);
            await store.AlarmHistory.FlushAsync(default);
            await store.AlarmHistory.EndAllButAsync(new HashSet<string> { "b" }, Some.Time(60), default);
            Assert.Equal(["b 11- WARNING", "a 10-60 WARNING"], await Between(store.AlarmHistory, 0, 100));
        });
    }

    [Fact]
    public async Task What_ended_long_ago_goes_with_the_retention_of_events()
    {
        var clock = Some.Clock();
        await Some.InStoreAsync(
            _folder,
            async (store, _) =>
            {
                store.AlarmHistory.Record([Came("a", 10), Went("a", 20), Came("b", 11)]);
                await store.AlarmHistory.FlushAsync(default);
                clock.Advance(TimeSpan.FromDays(31));
                await store.ApplyRetentionAsync(default);
                Assert.Equal(["b 11- WARNING"], await Between(store.AlarmHistory, 0, 100));
            },
            clock);
    }

    [Fact]
    public async Task What_finds_no_room_is_counted()
    {
        await Some.InStoreAsync(_folder, (store, _) =>
        {
            store.AlarmHistory.Record(Enumerable.Range(0, AlarmHistory.WaitingMax + 5).Select(i => Came($"a{i}", 1)));
            Assert.Equal(5, store.AlarmHistory.Dropped);
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IEnumerable<string>> Between(AlarmHistory history, double from, double to)
    {
        var spans = await history.QueryAsync(Some.Time(from), Some.Time(to), 100, default);
        return spans.Select(span =>
            $"{span.Alarm.Id} {Second(span.Start)}-{Second(span.End)} {span.Alarm.Severity}");
    }

    private static double? Second(DateTimeOffset? at) => (at - Some.Time(0))?.TotalSeconds;

    private static AlarmMoment Came(string id, double second) => new(Alarm(id, "WARNING"), Some.Time(second), false);

    private static AlarmMoment Changed(string id, double second, string severity) =>
        new(Alarm(id, severity), Some.Time(second), false);

    private static AlarmMoment Went(string id, double second) => new(Alarm(id, "CRITICAL"), Some.Time(second), true);

    private static AlarmView Alarm(string id, string severity) => new()
    {
        Id = id, Name = "full", Severity = severity, State = "alarm", Resource = new ResourceView("disk", "d1", null),
        Since = Some.Time(10), Reason = "97 %",
    };
}
