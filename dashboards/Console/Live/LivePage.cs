using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Ops.Model;

namespace Ops.Console.Live;

/// <summary>A page that loads when it opens and again at every beat of the feed that concerns it.</summary>
/// <remarks>A load that fails leaves the last picture and sets <see cref="Fault"/>.</remarks>
public abstract class LivePage : ComponentBase, IDisposable
{
    private bool _loading;
    private bool _again;
    private bool _disposed;

    /// <summary>What is shown.</summary>
    [Inject]
    protected IOpsView View { get; set; } = null!;

    /// <summary>Says when to look again.</summary>
    [Inject]
    protected LiveFeed Feed { get; set; } = null!;

    /// <summary>The time.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>Why the last load failed, or null.</summary>
    protected string? Fault { get; private set; }

    /// <summary>Whether a load has succeeded, so that there is something to show.</summary>
    protected bool Loaded { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Feed.Beat -= OnBeat;
        GC.SuppressFinalize(this);
    }

    /// <summary>Loads what the page shows.</summary>
    /// <param name="metrics">Whether metrics are due, too.</param>
    protected abstract Task LoadAsync(bool metrics);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync(metrics: true);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Feed.Beat += OnBeat;
        }
    }

    /// <summary>Loads; while a load is under way, has it done once more after that.</summary>
    protected async Task RefreshAsync(bool metrics)
    {
        if (_loading)
        {
            _again |= metrics;
            return;
        }

        _loading = true;
        try
        {
            do
            {
                _again = false;
                await LoadAsync(metrics);
            }
            while (_again);
            Fault = null;
            Loaded = true;
        }
        catch (Exception fault)
        {
            Fault = fault.Message;
            Loggers.CreateLogger<LivePage>().PageNotRefreshed(fault, GetType().Name);
        }
        finally
        {
            _loading = false;
        }
    }

    private void OnBeat(LiveBeat beat) => _ = InvokeAsync(async () =>
    {
        if (!_disposed)
        {
            await RefreshAsync(beat.Metrics);
            StateHasChanged();
        }
    });
}
