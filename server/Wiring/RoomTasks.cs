using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>
/// The long-lived loops of the rooms. They start together and stop in the order in which data passes them.
/// </summary>
internal sealed class RoomTasks(Rooms rooms, ConfigFolder folder, RoomLog log) : IAsyncDisposable
{
    private readonly List<(CancellationTokenSource Stop, Task Task)> _running = [];

    /// <summary>Starts the loops; the first ones here are the first to stop.</summary>
    public void Start()
    {
        var reload = new ConfigReload(rooms, folder, log);
        Run("configuration", new ConfigWatcher(folder, TimeProvider.System, reload.ApplyAsync).RunAsync);
        if (rooms.Machine is { } machine)
        {
            Run("machine", machine.RunAsync);
        }

        foreach (var collector in rooms.Collectors.Running)
        {
            Run(collector.Name, collector.RunAsync);
        }

        Run("pipeline", rooms.Pipeline.RunAsync);
        Run("alarms", rooms.Alarms.RunAsync);
        Run("root cause", rooms.Rca.RunAsync);
        Run("webhooks", rooms.Notifier.RunAsync);
        Run("store", rooms.Store.RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (stop, task) in _running)
        {
            await stop.CancelAsync();
            await task;
            stop.Dispose();
        }

        rooms.Machine?.Dispose();
        foreach (var collector in rooms.Collectors.Running.OfType<IDisposable>())
        {
            collector.Dispose();
        }

        rooms.Collectors.Pollsters.Dispose();
        await rooms.Pipeline.DisposeAsync();
        await rooms.EventPipeline.DisposeAsync();
        rooms.Alarms.Dispose();
        rooms.Rca.Dispose();
        rooms.Notifier.Dispose();
        await rooms.Store.DisposeAsync();
    }

    private void Run(string room, Func<CancellationToken, Task> loop)
    {
        var stop = new CancellationTokenSource();
        _running.Add((stop, Task.Run(() => GuardAsync(room, loop, stop.Token))));
    }

    /// <summary>The edge of a room's loop: what escapes it is named, and the other rooms go on.</summary>
    private async Task GuardAsync(string room, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await loop(cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.Say(room, $"failed and is started again: {fault}");
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
