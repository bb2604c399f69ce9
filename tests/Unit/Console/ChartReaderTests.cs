using Ops.Console.Charts;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ChartReaderTests
{
    private readonly FakeView _view = new();

    [Fact]
    public async Task A_gauge_is_asked_as_means_over_whole_buckets()
    {
        _view.Data.Add(Some.Series("cpu", "a", "%", 1, 2));

        var (question, hidden) = await ReadAsync(new MeterView("cpu", "gauge", "%", 1), "1h");

        var asked = Assert.Single(_view.Asked);
        Assert.Equal(("mean", TimeSpan.FromSeconds(20)), (asked.Aggregate, asked.Every));
        Assert.Equal((Some.Now.AddSeconds(20).AddHours(-1), Some.Now.AddSeconds(20)), (question.From, question.To));
        Assert.Equal(("%", 0), (question.Unit, hidden));
    }

    [Fact]
    public async Task A_counter_is_shown_as_its_growth_per_second()
    {
        _view.Data.Add(Some.Series("bytes", "a", "B", 0, 600, 60));

        var (question, _) = await ReadAsync(new MeterView("bytes", "cumulative", "B", 1), "15m");

        Assert.Equal("last", Assert.Single(_view.Asked).Aggregate);
        Assert.Equal("B/s", question.Unit);
        Assert.Equal([10, 1], Assert.Single(question.Series).Points.Select(point => point.Value));
    }

    [Fact]
    public async Task The_eight_greatest_are_drawn_and_the_others_counted()
    {
        _view.Data.AddRange(Enumerable.Range(0, 11).Select(index => Some.Series("cpu", "r" + index, "%", index)));

        var (question, hidden) = await ReadAsync(new MeterView("cpu", "gauge", "%", 11), "1h");

        Assert.Equal(3, hidden);
        Assert.Equal(["r10", "r9", "r8", "r7", "r6", "r5", "r4", "r3"], question.Series.Select(series => series.Name));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], question.Series.Select(series => series.Colour));
    }

    [Fact]
    public void A_counter_that_fell_counts_from_zero() =>
        Assert.Equal([1, 0.5], RateOfChange.PerSecond(Some.Points(40, 100, 30)).Select(point => point.Value));

    [Fact]
    public void Readings_at_one_instant_have_no_rate() =>
        Assert.Empty(RateOfChange.PerSecond([new PointView(Some.Now, 1), new PointView(Some.Now, 2)]));

    [Fact]
    public void Series_are_named_by_what_tells_them_apart()
    {
        Assert.Equal(["0", "1"], SeriesNames.Of([Core("a", "0"), Core("a", "1")]));
        Assert.Equal(["a · 0", "b · 1"], SeriesNames.Of([Core("a", "0"), Core("b", "1")]));
        Assert.Equal(["a", "b"], SeriesNames.Of([Core("a", "0"), Core("b", "0")]));

        static SeriesView Core(string resource, string core) => new(
            "cpu", resource, null, null, "%", new Dictionary<string, string> { ["core"] = core }, null, null);
    }

    [Theory]
    [InlineData("6h", 6 * 60)]
    [InlineData("nonsense", 60)]
    [InlineData(null, 60)]
    public void A_range_has_a_name_and_the_hour_is_the_default(string? name, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), ChartRange.Named(name).Span);

    private Task<(ChartQuestion Question, int Hidden)> ReadAsync(MeterView meter, string range) =>
        new ChartReader(_view)
        .ReadAsync(meter, null, ChartRange.Named(range), Some.Now, TimeZoneInfo.Utc, CancellationToken.None);
}
