using Microsoft.Extensions.Time.Testing;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Config;

public sealed class ConfigWatcherTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _told = [];
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_change_is_told_once_when_it_is_at_rest()
    {
        var watcher = Watcher();
        await watcher.LookAsync(default);
        Assert.Empty(_told);
        _folder.Write("alarms/a.yaml", "a: 1");
        await watcher.LookAsync(default);
        Assert.Empty(_told);
        _folder.Write("alarms/a.yaml", "a: 12");
        await watcher.LookAsync(default);
        Assert.Empty(_told);
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        Assert.Equal(["alarms/"], _told);
    }

    [Fact]
    public async Task Several_concerns_are_told_together()
    {
        var watcher = Watcher();
        _folder.Write("pipeline.yaml", "a: 1");
        _folder.Write("templates/t.yaml", "a: 1");
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        Assert.Equal(["pipeline.yaml,templates/"], _told);
    }

    [Fact]
    public async Task A_file_that_goes_is_a_change_and_one_that_comes_back_as_it_was_is_none()
    {
        var path = _folder.Write("ops.yaml", "a: 1");
        var stamp = File.GetLastWriteTimeUtc(path);
        var watcher = Watcher();
        File.Delete(path);
        await watcher.LookAsync(default);
        File.SetLastWriteTimeUtc(_folder.Write("ops.yaml", "a: 1"), stamp);
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        Assert.Empty(_told);
        File.Delete(path);
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        Assert.Equal(["ops.yaml"], _told);
    }

    [Fact]
    public async Task It_looks_every_second_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var watching = Watcher().RunAsync(stop.Token);
        _folder.Write("ops.yaml", "a: 1");
        while (_told.Count == 0)
        {
            _time.Advance(ConfigWatcher.Period);
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await watching;
        Assert.Equal(["ops.yaml"], _told);
    }

    public void Dispose() => _folder.Dispose();

    private ConfigWatcher Watcher() => new(new ConfigFolder(_folder.Path, "/nowhere"), _time, (changed, _) =>
    {
        _told.Add(string.Join(',', changed));
        return Task.CompletedTask;
    });
}
