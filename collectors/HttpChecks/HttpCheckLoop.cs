using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.HttpChecks;

/// <summary>Makes one check at its interval and hands over how it went.</summary>
internal sealed class HttpCheckLoop : IDisposable
{
    private readonly HttpCheck _check;
    private readonly CollectorOutlets _outlets;
    private readonly TroubleLog _log;
    private readonly HttpProbe _probe;
    private readonly HttpCheckMeters _meters;
    private readonly SampleOutbox _outbox = new();
    private (bool IsUp, string? Problem)? _told;
    private volatile string? _problem = "not checked yet";
    private long _made;
    private long _overruns;
    private long _lost;

    public HttpCheckLoop(HttpCheck check, HttpCheckOptions options, CollectorOutlets outlets, TroubleLog log)
    {
        (_check, _outlets, _log) = (check, outlets, log);
        _probe = new HttpProbe(check, options, outlets.Time);
        _meters = new HttpCheckMeters(check, outlets.Catalog);
    }

    /// <summary>The check's name.</summary>
    public string Name => _check.Name;

    /// <summary>What was wrong the newest time; null when nothing was.</summary>
    public string? Problem => _problem;

    /// <summary>How often it was made.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>How often it was left out because the one before still ran.</summary>
    public long Overruns => Interlocked.Read(ref _overruns);

    /// <summary>How often nobody took what it found.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Checks until cancelled.</summary>
    public async Task RunAsync(TimeSpan first, CancellationToken cancellationToken)
    {
        var due = new DueTimes(_outlets.Time, _check.Interval, first);
        while (true)
        {
            Interlocked.Add(ref _overruns, due.Skip());
            await due.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await CheckAsync(cancellationToken).ConfigureAwait(false);
                _log.Heal($"delivery {Name}", $"http_checks: what '{Name}' finds is taken again");
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref _lost);
                _log.Say($"delivery {Name}", $"http_checks: what '{Name}' finds is not taken: {fault.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _probe.Dispose();
        _outbox.Dispose();
    }

    /// <summary>Checks once.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var at = _outlets.Time.GetUtcNow();
        var result = await _probe.CheckAsync(cancellationToken).ConfigureAwait(false);
        _problem = result.Problem;
        Interlocked.Increment(ref _made);
        if (result.Problem is { } problem)
        {
            _log.Say(Name, $"http_checks: '{Name}' ({_meters.ShownUrl}) is down: {problem}");
        }
        else
        {
            _log.Heal(Name, $"http_checks: '{Name}' is up again");
        }

        var state = (IsUp: result.Problem is null, result.Problem);
        if (_told != state)
        {
            await _outlets.Observations.AcceptAsync([_meters.Observe(at, result)], cancellationToken)
                .ConfigureAwait(false);
            _told = state;
        }

        _outbox.Clear();
        _meters.Add(_outbox, at.ToUnixNs(), result);
        await _outbox.SendAsync(_outlets.Samples, cancellationToken).ConfigureAwait(false);
    }
}
