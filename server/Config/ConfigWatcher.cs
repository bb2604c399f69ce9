namespace Ops.Server.Config;

/// <summary>Notices which concerns changed on disk and says so once the files have come to rest.</summary>
/// <remarks>
/// Files are looked at by name, length and time of change every <see cref="Period"/>: that works on every filesystem. A
/// change is told when two looks in a row see the same, so an editor that writes in steps causes one call.
/// </remarks>
/// <param name="folder">What is watched.</param>
/// <param name="time">The clock of the looks.</param>
/// <param name="onChange">Called with the concerns that changed, one call at a time; it must not throw.</param>
public sealed class ConfigWatcher(
    ConfigFolder folder, TimeProvider time, Func<IReadOnlyList<ConfigConcern>, CancellationToken, Task> onChange)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ConfigConcern, string> _told = Fingerprints(folder);
    private Dictionary<ConfigConcern, string> _seen = Fingerprints(folder);

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await LookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    /// <summary>Looks once, and calls back for what changed and is at rest.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Fingerprints(folder);
        var changed = ConfigConcern.All
            .Where(concern => now[concern] != _told[concern] && now[concern] == _seen[concern])
            .ToList();
        _seen = now;
        foreach (var concern in changed)
        {
            _told[concern] = now[concern];
        }

        if (changed.Count > 0)
        {
            await onChange(changed, cancellationToken);
        }
    }

    private static Dictionary<ConfigConcern, string> Fingerprints(ConfigFolder folder) =>
        ConfigConcern.All.ToDictionary(concern => concern, concern => Fingerprint(folder, concern));

    private static string Fingerprint(ConfigFolder folder, ConfigConcern concern)
    {
        try
        {
            return string.Join('\n', folder.Files(concern).Select(file =>
            {
                var info = new FileInfo(file.Path);
                return $"{file.Path}|{info.Length}|{info.LastWriteTimeUtc.Ticks}";
            }));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "unreadable: " + fault.GetType().Name;
        }
    }
}
