using Ops.Model;
using Ops.Storage.Events;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class EventStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Events_are_found_by_type_and_time_with_their_traits()
    {
        var traits = new[]
        {
            new EventTrait("state", TraitType.Text, "error"),
            new EventTrait("count", TraitType.Integer, "3"),
        };
        await Some.InStoreAsync(_folder, (store, _) => store.Events.AcceptAsync(
            [
                new Event("3", "b", Some.At(3), []),
                new Event("1", "a", Some.At(1), traits, "{\"x\":1}"),
                new Event("2", "a", Some.At(2), []),
            ],
            default).AsTask());

        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            var all = await store.Events.QueryAsync(null, Some.At(0), Some.At(10), 100, default);
            Assert.Equal(["3", "2", "1"], all.Select(item => item.MessageId));
            Assert.Equal(traits, all[2].Traits);
            Assert.Equal(("{\"x\":1}", null), (all[2].Raw, all[1].Raw));

            var some = await store.Events.QueryAsync("a", Some.At(2), Some.At(3), 100, default);
            Assert.Equal("2", Assert.Single(some).MessageId);
            Assert.Equal(
                "2", Assert.Single(await store.Events.QueryAsync("a*", 0, long.MaxValue, 1, default)).MessageId);
        });
    }

    [Fact]
    public async Task Events_that_come_at_once_are_all_written()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(
                () => store.Events.AcceptAsync([new Event($"{i}", "a", Some.At(i), [])], default).AsTask())));

            var all = await store.Events.QueryAsync("?", 0, long.MaxValue, 1000, default);
            Assert.Equal(
                Enumerable.Range(0, 200).Reverse().Select(i => $"{i}"), all.Select(item => item.MessageId));
        });
    }

    [Fact]
    public async Task Old_events_go_with_the_retention()
    {
        var clock = Some.Clock();
        await Some.InStoreAsync(
            _folder,
            async (store, _) =>
            {
                await store.Events.AcceptAsync([new Event("1", "a", Some.At(0), [])], default);
                await store.Events.AcceptAsync([], default);
                clock.Advance(TimeSpan.FromDays(31));
                await store.ApplyRetentionAsync(default);
                Assert.Empty(await store.Events.QueryAsync(null, 0, long.MaxValue, 10, default));
            },
            clock);
    }

    public void Dispose() => _folder.Dispose();
}
