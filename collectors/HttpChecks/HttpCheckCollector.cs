using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.HttpChecks;

/// <summary>Asks web addresses now and then, and says whether and how fast they answer as they should.</summary>
/// <remarks>Each check has a task of its own, so that one that hangs holds up no other.</remarks>
public sealed class HttpCheckCollector : ICollector, IDisposable
{
    /// <summary>The first checks of all start within this time.</summary>
    private static readonly TimeSpan SpreadMax = TimeSpan.FromSeconds(2);

    /// <summary>Checks that the status names.</summary>
    private const int NamedMax = 5;

    private readonly HttpCheckLoop[] _checks;
    private readonly TimeSpan[] _firsts;

    /// <summary>A collector of these checks.</summary>
    /// <param name="options">What is checked.</param>
    /// <param name="outlets">Where samples and observations go.</param>
    public HttpCheckCollector(HttpCheckOptions options, CollectorOutlets outlets)
    {
        var log = new TroubleLog(outlets.Report);
        _checks = [.. options.Checks.Select(check => new HttpCheckLoop(check, options, outlets, log))];
        _firsts = [.. options.Checks.Select(check => FirstOf(check, options.Checks.Count))];
    }

    /// <inheritdoc/>
    public string Name => "http_checks";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        var loops = _checks.Select((check, i) => check.RunAsync(_firsts[i], cancellationToken)).ToList();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public PartView Status()
    {
        var down = _checks.Where(check => check.Problem is not null).ToList();
        var (overruns, lost) = (_checks.Sum(check => check.Overruns), _checks.Sum(check => check.Lost));
        var detail = $"{_checks.Length - down.Count} of {_checks.Length} up: {_checks.Sum(check => check.Made)} checks";
        detail += down.Count > 0
            ? "; down: " + string.Join(", ", down.Take(NamedMax).Select(check => $"{check.Name} ({check.Problem})"))
                + (down.Count > NamedMax ? $" and {down.Count - NamedMax} more" : "")
            : "";
        detail += overruns > 0 ? $"; {overruns} checks left out, the one before still ran" : "";
        detail += lost > 0 ? $"; what {lost} checks found was not taken" : "";
        return new PartView(Name, down.Count == 0, detail, Essential: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var check in _checks)
        {
            check.Dispose();
        }
    }

    private static TimeSpan FirstOf(HttpCheck check, int checks) => checks == 1
        ? TimeSpan.Zero
        : DueTimes.Scatter(check.Name, check.Interval / 4 < SpreadMax ? check.Interval / 4 : SpreadMax);
}
