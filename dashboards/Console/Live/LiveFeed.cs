using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ops.Model;

namespace Ops.Console.Live;

/// <summary>Listens once to what happens and tells every open page when to look again.</summary>
/// <remarks>However much happens, a page is told at most every <see cref="Gap"/>; and at least every
/// <see cref="MetricsGap"/>, for its charts and relative times. Safe for concurrent use.</remarks>
public sealed class LiveFeed(IOpsView view, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService
{
    /// <summary>The least time between two beats.</summary>
    internal static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    /// <summary>The time between two beats that bring new metrics.</summary>
    internal static readonly TimeSpan MetricsGap = TimeSpan.FromSeconds(10);

    /// <summary>The most events that are remembered.</summary>
    internal const int RecentMax = 50;

    private readonly Lock _gate = new();
    private readonly LinkedList<LiveEvent> _recent = new();
    private int _dirty;

    /// <summary>Raised when there may be something new to see.</summary>
    public event Action<LiveBeat>? Beat;

    /// <summary>The newest events first, without those that only say that samples came.</summary>
    public IReadOnlyList<LiveEvent> Recent()
    {
        lock (_gate)
        {
            return [.. _recent.OrderByDescending(happened => happened.At)];
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(PulseAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var happened in view.LiveAsync(cancellationToken).ConfigureAwait(false))
                {
                    Remember(happened);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.LiveStreamBroke(fault, Gap.TotalSeconds);
            }

            await Task.Delay(Gap, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Remember(LiveEvent happened)
    {
        Volatile.Write(ref _dirty, 1);
        if (happened.Kind == "samples")
        {
            return;
        }

        lock (_gate)
        {
            _recent.AddFirst(happened);
            if (_recent.Count > RecentMax)
            {
                _recent.RemoveLast();
            }
        }
    }

    private async Task PulseAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Gap, clock);
        var metricsAt = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var changed = Interlocked.Exchange(ref _dirty, 0) == 1;
                var metrics = clock.GetElapsedTime(metricsAt) >= MetricsGap;
                if (metrics)
                {
                    metricsAt = clock.GetTimestamp();
                }

                if (changed || metrics)
                {
                    Raise(new LiveBeat(changed, metrics));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private void Raise(LiveBeat beat)
    {
        foreach (var page in Beat?.GetInvocationList().Cast<Action<LiveBeat>>() ?? [])
        {
            try
            {
                page(beat);
            }
            catch (ObjectDisposedException)
            {
                // The page was closed while it was being told.
            }
        }
    }
}
