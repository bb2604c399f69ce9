using Microsoft.Extensions.Time.Testing;
using Ops.Console.Overview;
using Ops.Console.Words;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class KeyFigureReaderTests
{
    private readonly FakeView _view = new();

    [Fact]
    public async Task Without_samples_there_are_four_dashes_or_noughts()
    {
        var figures = await ReadAsync();

        Assert.Equal(["Processor", "Memory", "Fullest disk", "Services"], figures.Select(figure => figure.Label));
        Assert.Equal(["–", "–", "–", "0"], figures.Select(figure => figure.Value));
        Assert.All(figures, figure => Assert.Equal(Severity.Fine, figure.Severity));
    }

    [Fact]
    public async Task Memory_is_worked_out_from_what_is_used_and_what_there_is()
    {
        _view.Data.Add(Some.Series("hardware.memory.used", "atlas", "KB", 1_000_000, 1_700_000));
        _view.Data.Add(Some.Series("hardware.memory.total", "atlas", "KB", 2_000_000, 2_000_000));

        var memory = (await ReadAsync())[1];

        Assert.Equal(
            ("85 %", "1.62 GiB of 1.91 GiB", Severity.Warning), (memory.Value, memory.Detail, memory.Severity));
        Assert.Equal([50, 85], memory.Trend.Select(point => point.Value));
    }

    [Fact]
    public async Task The_processor_is_read_from_the_first_meter_there_is()
    {
        _view.Data.Add(Some.Series("hardware.cpu.util", "atlas", "%", 12, 34.56));

        var processor = (await ReadAsync())[0];

        Assert.Equal(("34.6 %", "explore?meter=hardware.cpu.util&resource=atlas"), (processor.Value, processor.Link));
    }

    [Fact]
    public async Task The_fullest_filesystem_is_named()
    {
        _view.Data.Add(Some.Series("machine.filesystem.used_percent", "atlas/filesystem/", "%", 20));
        _view.Data.Add(Some.Series("machine.filesystem.used_percent", "atlas/filesystem/var", "%", 97));

        var disk = (await ReadAsync())[2];

        Assert.Equal(("97 %", Severity.Critical), (disk.Value, disk.Severity));
        Assert.Equal("atlas/filesystem/var, of 2 filesystems", disk.Detail);
    }

    [Theory]
    [InlineData("ACTIVE", "ACTIVE", "all running", Severity.Fine)]
    [InlineData("ACTIVE", "SUBOPTIMAL", "1 degraded", Severity.Warning)]
    [InlineData("DOWN", "ACTIVE", "1 down", Severity.Critical)]
    [InlineData("DOWN", "SUBOPTIMAL", "1 down, 1 degraded", Severity.Critical)]
    public void Services_are_counted_by_how_they_fare(string one, string other, string detail, Severity severity)
    {
        var figure = KeyFigureReader.Services(
            new TopologyView(
                [Some.Entity("service", "a", one), Some.Entity("service", "b", other), Some.Entity("disk", "c")], []));

        Assert.Equal(("2", detail, severity), (figure.Value, figure.Detail, figure.Severity));
    }

    private Task<IReadOnlyList<KeyFigure>> ReadAsync() =>
        new KeyFigureReader(_view, new FakeTimeProvider(Some.Now)).ReadAsync(CancellationToken.None);
}
