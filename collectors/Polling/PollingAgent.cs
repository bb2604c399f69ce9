using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Polls what <c>polling.yaml</c> says: one task for each distinct interval.</summary>
/// <remarks>
/// The first round is made at once, within <see cref="PollingOptions.Spread"/>. A round that is due while the one
/// before still runs is left out and counted. One pollster that fails or hangs holds up no other. Source: Ceilometer's
/// polling agent.
/// </remarks>
public sealed class PollingAgent : ICollector, IDisposable
{
    private readonly PollingOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly PollCrew _crew;
    private readonly Lock _change = new();
    private volatile PollPlan _plan;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>An agent that polls when it is run.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="config">What is polled.</param>
    /// <param name="pollsters">The pollsters there are.</param>
    /// <param name="discoveries">The discoveries there are; of two with one name the first counts.</param>
    /// <param name="outlets">Where samples and observations go.</param>
    public PollingAgent(
        PollingOptions options, PollingConfig config, IReadOnlyList<IPollster> pollsters,
        IReadOnlyList<IDiscovery> discoveries, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _plan = new PollPlan(config, pollsters, discoveries);
        var (tally, log) = (new PollingTally(), new TroubleLog(outlets.Report));
        _crew = new PollCrew(
            new PollShare(options),
            new SemaphoreSlim(options.ParallelMax),
            new ResourceTroubles(options, outlets.Time),
            new PollDelivery(options, outlets, tally, log),
            tally,
            log,
            options.HeartbeatFolder is null ? null : new HeartbeatSocket(options, outlets.Time, log));
    }

    /// <inheritdoc/>
    public string Name => "polling";

    /// <summary>What it did so far.</summary>
    public PollingCounts Counts => _crew.Tally.Snapshot(_crew.Troubles);

    /// <summary>
    /// Polls by another configuration from now on. Intervals that stay keep their beat; resources that were given up
    /// are asked again.
    /// </summary>
    public void Reload(PollingConfig config)
    {
        _crew.Troubles.Forget();
        _crew.Log.Forget(what => what.StartsWith("never ", StringComparison.Ordinal)
            || what.StartsWith("fails ", StringComparison.Ordinal));
        Change(plan => new PollPlan(config, [.. plan.Pollsters.Select(seat => seat.Pollster)], plan.Discoveries, plan));
    }

    /// <summary>Polls with other pollsters and discoveries from the next rounds on.</summary>
    public void Use(IReadOnlyList<IPollster> pollsters, IReadOnlyList<IDiscovery> discoveries) =>
        Change(plan => new PollPlan(plan.Config, pollsters, discoveries, plan));

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        var loops = new Dictionary<TimeSpan, (Task Task, CancellationTokenSource Stop)>();
        var heartbeat = Task.CompletedTask;
        try
        {
            SayWhoPolls();
            heartbeat = _crew.Beats?.RunAsync(cancellationToken) ?? Task.CompletedTask;
            Complain(_plan);
            while (true)
            {
                var changed = Signal();
                await AlignAsync(loops, cancellationToken).ConfigureAwait(false);
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await Task.WhenAll([heartbeat, .. loops.Values.Select(loop => loop.Task)])
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var loop in loops.Values)
            {
                loop.Stop.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public PartView Status()
    {
        if (!_crew.Share.IsMember)
        {
            return new PartView(Name, false, NotMember(), Essential: false);
        }

        var (plan, counts) = (_plan, Counts);
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Selected} of {plan.Pollsters.Count} pollsters at {plan.Intervals.Count} intervals: ")
            + $"{counts.Rounds} rounds, {counts.Samples} samples";
        detail += _crew.Share.IsShared ? $", shared by {_options.Agents.Count} agents" : "";
        detail += counts.Failing > 0 ? $"; {counts.Failing} resources fail" : "";
        detail += counts.Never > 0 ? $"; {counts.Never} resources are given up" : "";
        detail += counts.Overruns > 0 ? $"; {counts.Overruns} rounds left out, the one before still ran" : "";
        detail += counts.Dropped > 0 ? $"; {counts.Dropped} samples dropped" : "";
        detail += counts.PutOff > 0 ? $"; {counts.PutOff} polls put off" : "";
        return new PartView(Name, counts.Failing == 0 && !_crew.Delivery.IsFailing, detail, Essential: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _crew.Delivery.Dispose();
        _crew.Places.Dispose();
    }

    /// <summary>Starts the tasks of new intervals, and stops those of intervals that are gone.</summary>
    private async Task AlignAsync(
        Dictionary<TimeSpan, (Task Task, CancellationTokenSource Stop)> loops, CancellationToken cancellationToken)
    {
        var intervals = _plan.Intervals;
        foreach (var gone in loops.Keys.Except(intervals).ToList())
        {
            loops.Remove(gone, out var loop);
            await loop.Stop.CancelAsync().ConfigureAwait(false);
            await loop.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            loop.Stop.Dispose();
        }

        foreach (var interval in intervals.Where(interval => !loops.ContainsKey(interval)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            loops[interval] = (RepeatAsync(interval, stop.Token), stop);
        }
    }

    private async Task RepeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_options.Name} {interval.TotalSeconds}");
        var spread = _options.Spread < interval / 4 ? _options.Spread : interval / 4;
        var due = new DueTimes(_outlets.Time, interval, DueTimes.Scatter(name, spread));
        while (true)
        {
            _crew.Tally.Overrun(due.Skip());
            await due.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (_crew.Share.IsMember)
            {
                await TurnAsync(_plan, interval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TurnAsync(PollPlan plan, TimeSpan interval, CancellationToken cancellationToken)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"the round of {interval.TotalSeconds} s");
        try
        {
            await new PollTurn(plan, interval, _options, _crew, _outlets.Time).RunAsync(cancellationToken)
                .ConfigureAwait(false);
            _crew.Troubles.Sweep((plan.Intervals.LastOrDefault() + _options.BackoffMax) * 3);
            _crew.Log.Heal(what, $"polling: {what} is made again");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _crew.Log.Say(what, $"polling: {what} broke off: {fault.Message}");
        }
    }

    private void SayWhoPolls()
    {
        if (!_crew.Share.IsMember)
        {
            _outlets.Report(NotMember());
        }
        else if (_crew.Share.IsShared)
        {
            var group = PollShare.GroupId(_options.Namespaces, _options.PartitioningGroupPrefix, PollShare.Global);
            _outlets.Report($"polling: '{_options.Name}' shares group {group} with {_options.Agents.Count - 1} others");
        }
    }

    private string NotMember() =>
        $"polling: '{_options.Name}' is not among the agents ({string.Join(", ", _options.Agents)}) and polls nothing"
        + NearestName.Hint(_options.Name, _options.Agents);

    private void Complain(PollPlan plan)
    {
        foreach (var complaint in plan.Complaints())
        {
            _crew.Log.Say(complaint, complaint);
        }
    }

    private void Change(Func<PollPlan, PollPlan> change)
    {
        lock (_change)
        {
            _plan = change(_plan);
            Complain(_plan);
            _changed.TrySetResult();
        }
    }

    private Task Signal()
    {
        lock (_change)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = NewSignal();
            }

            return _changed.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
