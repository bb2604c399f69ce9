using System.Globalization;

namespace Ops.Collectors.Polling;

/// <summary>Makes one round: every pollster that the sources of an interval select, on their resources.</summary>
internal sealed class PollTurn(
    PollPlan plan, TimeSpan interval, PollingOptions options, PollCrew crew, TimeProvider time)
{
    /// <summary>How long a call that was told to stop may take to do so before it is given up.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly PollRound _round = new(time.GetUtcNow());
    private readonly Dictionary<string, HashSet<string>> _history = new(StringComparer.Ordinal);

    /// <summary>Makes the round; done when the last pollster is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sources = plan.Config.Sources.Where(source => source.Interval == interval).ToList();
        var discoveries = new RoundDiscoveries(plan, crew.Share, _round, options, time, crew.Log);
        var polls = new List<Task>();
        foreach (var seat in plan.Pollsters)
        {
            var selecting = sources.Where(source => source.Meters.Takes(seat.Name)).ToList();
            if (selecting.Count > 0)
            {
                polls.Add(PollAsync(seat, selecting, discoveries, cancellationToken));
            }
        }

        await Task.WhenAll(polls).ConfigureAwait(false);
        crew.Tally.Round();
    }

    /// <summary>Lets one pollster work through the sources that select it.</summary>
    private async Task PollAsync(
        PollsterSeat seat, List<PollingSource> sources, RoundDiscoveries discoveries,
        CancellationToken cancellationToken)
    {
        if (!await EnterAsync(seat, cancellationToken).ConfigureAwait(false))
        {
            PutOff(seat, sources.Count, "is busy with another interval");
            return;
        }

        try
        {
            await crew.Places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var startedAt = time.GetTimestamp();
                foreach (var source in sources)
                {
                    await PollAsync(seat, source, discoveries, startedAt, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                crew.Places.Release();
            }
        }
        finally
        {
            seat.Gate.Release();
        }
    }

    private async Task<bool> EnterAsync(PollsterSeat seat, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await seat.Gate.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task PollAsync(
        PollsterSeat seat, PollingSource source, RoundDiscoveries discoveries, long startedAt,
        CancellationToken cancellationToken)
    {
        var candidates = await discoveries.CandidatesAsync(source, seat.Pollster, cancellationToken)
            .ConfigureAwait(false);
        var (together, alone) = crew.Troubles.Sort(seat.Name, NotYetPolled(seat.Name, candidates), interval);
        if (together.Count > 0)
        {
            await CallAsync(seat, together, cancellationToken).ConfigureAwait(false);
        }

        // What failed before is asked one by one, as long as the round has time.
        var patience = TimeSpan.FromTicks(Math.Max(interval.Ticks, options.Timeout.Ticks));
        for (var i = 0; i < alone.Count; i++)
        {
            if (time.GetElapsedTime(startedAt) >= patience)
            {
                crew.Tally.PutOff(alone.Count - i);
                break;
            }

            await CallAsync(seat, [alone[i]], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves out repetitions, and what a pollster of that name polled in this round already.</summary>
    private List<PollResource> NotYetPolled(string pollster, IReadOnlyList<PollResource> candidates)
    {
        lock (_history)
        {
            if (!_history.TryGetValue(pollster, out var polled))
            {
                polled = _history[pollster] = new HashSet<string>(StringComparer.Ordinal);
            }

            return [.. candidates.Where(resource => polled.Add(resource.Key))];
        }
    }

    private async Task CallAsync(
        PollsterSeat seat, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        if (seat.IsStuck)
        {
            PutOff(seat, 1, "has not ended a call that was told to stop");
            return;
        }

        crew.Log.Heal($"busy {seat.Name}", $"polling: pollster '{seat.Name}' is free again");
        crew.Tally.Poll();
        var call = _round.ForOneCall();
        var problem = await TryAsync(seat, call, resources, cancellationToken).ConfigureAwait(false);
        var findings = call.Take();
        Judge(seat.Name, resources, findings, problem);
        if (problem is null)
        {
            crew.Beats?.Note(seat.Name, _round.At);
        }

        await crew.Delivery.SendAsync(_round.At, findings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls the pollster.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    private async Task<string?> TryAsync(
        PollsterSeat seat, PollRound call, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var token = either.Token;
        var work = Task.Run(() => seat.Pollster.PollAsync(call, resources, token), CancellationToken.None);
        seat.Running = work;
        try
        {
            await work.WaitAsync(options.Timeout + Grace, time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var isTimeout = limit.IsCancellationRequested;
            crew.Tally.Fail(isTimeout);
            return isTimeout ? $"no answer within {Seconds(options.Timeout)}" : fault.Message;
        }
    }

    /// <summary>Notes which resources answered, which are asked again later and which never.</summary>
    private void Judge(string pollster, IReadOnlyList<PollResource> resources, PollFindings findings, string? problem)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in findings.Failed)
        {
            told.Add(resource.Key);
            if (crew.Troubles.Ban(pollster, resource))
            {
                crew.Log.Say(
                    $"never {pollster} {resource.Key}",
                    $"polling: pollster '{pollster}' cannot poll '{resource.Key}' and does not ask it again until the "
                    + "configuration is read anew");
            }
        }

        foreach (var failure in findings.Passing.Where(failure => told.Add(failure.Resource.Key)))
        {
            Fail(pollster, failure.Resource, failure.Problem);
        }

        var others = resources.Where(resource => !told.Contains(resource.Key)).ToList();
        if (problem is null)
        {
            foreach (var resource in others.Where(resource => crew.Troubles.Succeed(pollster, resource)))
            {
                crew.Log.Heal(
                    $"fails {pollster} {resource.Key}",
                    $"polling: pollster '{pollster}' can poll '{resource.Key}' again");
            }
        }
        else if (others.Count == 1)
        {
            Fail(pollster, others[0], problem);
        }
        else if (others.Count > 1)
        {
            crew.Troubles.Suspect(pollster, others);
            crew.Log.Say(
                $"together {pollster}",
                $"polling: pollster '{pollster}' failed on {others.Count} resources at once: {problem}; it asks them "
                + "one by one next time");
        }
    }

    private void Fail(string pollster, PollResource resource, string problem)
    {
        var wait = crew.Troubles.Fail(pollster, resource, interval);
        crew.Log.Say(
            $"fails {pollster} {resource.Key}",
            $"polling: pollster '{pollster}' cannot poll '{resource.Key}': {problem}; next try in {Seconds(wait)}, "
            + "then less and less often");
    }

    private void PutOff(PollsterSeat seat, int polls, string why)
    {
        crew.Tally.PutOff(polls);
        crew.Log.Say($"busy {seat.Name}", $"polling: pollster '{seat.Name}' {why}, and is left out meanwhile");
    }

    private static string Seconds(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
