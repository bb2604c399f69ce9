using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ops.Console.Live;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(Some.Now);
    private readonly FakeView _view = new();
    private readonly List<LiveBeat> _beats = [];
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        _feed = new LiveFeed(_view, _clock, NullLogger<LiveFeed>.Instance);
        _feed.Beat += beat =>
        {
            lock (_beats)
            {
                _beats.Add(beat);
            }
        };
    }

    [Fact]
    public async Task However_much_happens_pages_are_told_once_in_two_seconds()
    {
        await StartAsync();
        for (var index = 0; index < 20; index++)
        {
            _view.Tell(new LiveEvent("alarm", Some.Now.AddSeconds(index), "event " + index));
        }

        await Until(() => _feed.Recent().Count == 20);
        await AdvanceUntil(() => _beats.Count > 0, LiveFeed.Gap, 1);

        Assert.Equal([new LiveBeat(true, false)], _beats);
        Assert.Equal("event 19", _feed.Recent()[0].Text);
    }

    [Fact]
    public async Task When_nothing_happens_pages_are_told_every_ten_seconds_for_their_charts()
    {
        await StartAsync();

        await AdvanceUntil(() => _beats.Count > 0, LiveFeed.Gap, 5);

        Assert.Equal([new LiveBeat(false, true)], _beats);
    }

    [Fact]
    public async Task Samples_make_a_beat_but_are_not_remembered()
    {
        await StartAsync();
        _view.Tell(new LiveEvent("samples", Some.Now, "214 samples"));
        _view.Tell(new LiveEvent("entity", Some.Now, "db is down"));

        await Until(() => _feed.Recent().Count > 0);

        Assert.Equal(["db is down"], _feed.Recent().Select(happened => happened.Text));
    }

    [Fact]
    public async Task Only_the_newest_fifty_are_remembered()
    {
        await StartAsync();
        for (var index = 0; index < 70; index++)
        {
            _view.Tell(new LiveEvent("alarm", Some.Now.AddSeconds(index), $"{index}"));
        }

        await Until(() => _feed.Recent().FirstOrDefault()?.Text == "69");

        Assert.Equal(LiveFeed.RecentMax, _feed.Recent().Count);
        Assert.Equal("20", _feed.Recent()[^1].Text);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_listened_to_again_after_a_while()
    {
        await StartAsync();
        _view.Tell(new LiveEvent("break", Some.Now, ""));
        _view.Tell(new LiveEvent("alarm", Some.Now, "after"));

        await Until(
            () => _feed.Recent().Count > 0,
            () => _clock.Advance(LiveFeed.Gap));

        Assert.Equal(2, _view.Listeners);
    }

    [Fact]
    public async Task A_page_that_was_closed_does_not_keep_the_others_from_being_told()
    {
        var told = 0;
        _feed.Beat += _ => throw new ObjectDisposedException("page");
        _feed.Beat += _ => told++;
        await StartAsync();

        await AdvanceUntil(() => told > 0, LiveFeed.Gap, 5);

        Assert.Equal(1, told);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
    }

    private async Task StartAsync()
    {
        await _feed.StartAsync(CancellationToken.None);
        await Until(() => _view.Listeners == 1);
    }

    private async Task AdvanceUntil(Func<bool> done, TimeSpan step, int steps)
    {
        for (var index = 0; index < steps; index++)
        {
            _clock.Advance(step);
            await Task.Delay(10);
        }

        await Until(done);
    }

    private static async Task Until(Func<bool> done, Action? meanwhile = null)
    {
        for (var tries = 0; !done() && tries < 400; tries++)
        {
            meanwhile?.Invoke();
            await Task.Delay(5);
        }

        Assert.True(done(), "it did not happen within 2 s");
    }
}
