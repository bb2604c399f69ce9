using System.Collections.Concurrent;
using System.Threading.Channels;
using Ops.Collectors.Redis.Topology;
using Ops.Model;

namespace Ops.Collectors.Redis;

/// <summary>Observes Redis servers and their Sentinels: samples, entities, relations and failovers.</summary>
/// <remarks>
/// All are asked at once every interval, each within its timeout, so that one that hangs holds up no other. What a
/// Sentinel tells becomes an event at once and has everything looked at again.
/// </remarks>
public sealed class RedisCollector : ICollector, IDisposable
{
    /// <summary>How many servers are asked side by side.</summary>
    private const int SideBySideMax = 32;

    /// <summary>The shortest time between two looks, however much is told.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(250);

    private readonly RedisOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly ServerWatch[] _servers;
    private readonly ServerWatch[] _sentinels;
    private readonly RedisGraph _graph;
    private readonly RedisEvents _events;
    private readonly RedisSamples _samples;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _roles = new(StringComparer.Ordinal);
    private long _told;
    private volatile PartView _status = new("redis", true, "starting", Essential: false);

    /// <summary>A collector; it connects when it runs.</summary>
    /// <param name="options">Which servers.</param>
    /// <param name="outlets">Takes samples, observations and events.</param>
    public RedisCollector(RedisOptions options, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _servers = [.. options.Targets.Select(target => new ServerWatch(target, false, options, outlets.Time))];
        _sentinels = [.. options.Sentinels.Select(target => new ServerWatch(target, true, options, outlets.Time))];
        _graph = new RedisGraph(options);
        _events = new RedisEvents(new ServerNames(options.MachineName), outlets.Time);
        _samples = new RedisSamples(outlets.Catalog);
    }

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public PartView Status() => _status;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll([LookAsync(cancellationToken), .. _sentinels.Select(
                sentinel => ListenAsync(sentinel, cancellationToken))]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var watch in _servers.Concat(_sentinels))
        {
            watch.Dispose();
        }
    }

    /// <summary>Looks at everything once, and hands over what was found: entities first.</summary>
    internal async Task PollAsync(CancellationToken cancellationToken)
    {
        var at = _outlets.Time.GetUtcNow();
        var seconds = _outlets.Time.GetTimestamp() / (double)_outlets.Time.TimestampFrequency;
        var readings = new ServerReading[_servers.Length + _sentinels.Length];
        await Parallel.ForAsync(
            0, readings.Length,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySideMax, CancellationToken = cancellationToken },
            async (i, ending) =>
            {
                var watch = i < _servers.Length ? _servers[i] : _sentinels[i - _servers.Length];
                readings[i] = await watch.LookAsync(ending).ConfigureAwait(false);
                Note($"{(i < _servers.Length ? "" : "sentinel ")}{watch.Target}", readings[i].Fault);
            }).ConfigureAwait(false);

        var (servers, sentinels) = (readings[.._servers.Length], readings[_servers.Length..]);
        await TryAsync("graph", () => _outlets.Observations.AcceptAsync(
            _graph.Draw(servers, sentinels, _outlets.Time.GetUtcNow()), cancellationToken)).ConfigureAwait(false);
        await TryAsync("events", () => TellRolesAsync(servers, cancellationToken)).ConfigureAwait(false);
        await TryAsync("pipeline", () => SendAsync(servers, sentinels, at, seconds, cancellationToken))
            .ConfigureAwait(false);
        _status = Describe(servers, sentinels);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await PollAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(LookPause, _outlets.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                await _wake.Reader.WaitToReadAsync(cancellationToken).AsTask()
                    .WaitAsync(_options.Interval - LookPause, _outlets.Time, cancellationToken).ConfigureAwait(false);
                _wake.Reader.TryRead(out _);
            }
            catch (TimeoutException)
            {
                // Nothing was told meanwhile.
            }
        }
    }

    private Task ListenAsync(ServerWatch sentinel, CancellationToken cancellationToken)
    {
        // A connection of its own: one that is subscribed answers no commands.
        var watch = new ServerWatch(sentinel.Target, true, _options, _outlets.Time);
        var listener = new SentinelListener(
            watch, _options, _outlets.Time,
            async message =>
            {
                if (_events.Of(message, watch.Id) is { } told)
                {
                    await TryAsync("events", () => _outlets.Events.AcceptAsync([told], cancellationToken))
                        .ConfigureAwait(false);
                    Interlocked.Increment(ref _told);
                }

                if (message.ChangesGraph)
                {
                    _wake.Writer.TryWrite(true);
                }
            },
            trouble => Note($"subscription to sentinel {sentinel.Target}", trouble));
        return listener.RunAsync(cancellationToken);
    }

    private async ValueTask TellRolesAsync(ServerReading[] servers, CancellationToken cancellationToken)
    {
        var changes = new List<Event>();
        foreach (var server in servers.Where(server => server.IsUp))
        {
            var role = server.Info!.IsReplica ? "replica" : "master";
            if (_roles.TryGetValue(server.Id, out var before) && before != role)
            {
                changes.Add(_events.RoleChanged(server, before, role));
            }

            _roles[server.Id] = role;
        }

        if (changes.Count > 0)
        {
            await _outlets.Events.AcceptAsync(changes, cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _told, changes.Count);
        }
    }

    private async ValueTask SendAsync(
        ServerReading[] servers, ServerReading[] sentinels, DateTimeOffset at, double seconds,
        CancellationToken cancellationToken)
    {
        using var batch = new SampleBatch();
        foreach (var reading in servers.Concat(sentinels))
        {
            var type = servers.Contains(reading) ? RedisGraph.Server : RedisGraph.Sentinel;
            _samples.Add(batch, reading, type, at.ToUnixNs(), seconds);
            if (batch.Count > SampleBatch.CountMax / 2)
            {
                await _outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            await _outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(string what, Func<ValueTask> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            Note(what, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Note(what, e.Message);
        }
    }

    /// <summary>Says each change for the worse or the better once.</summary>
    private void Note(string what, string? trouble)
    {
        if (trouble is null)
        {
            if (_troubles.TryRemove(what, out _))
            {
                _outlets.Report($"redis: {what}: is well again");
            }
        }
        else if (!_troubles.TryGetValue(what, out var before) || before != trouble)
        {
            _troubles[what] = trouble;
            _outlets.Report($"redis: {what}: {trouble}");
        }
    }

    private PartView Describe(ServerReading[] servers, ServerReading[] sentinels)
    {
        var up = servers.Count(server => server.IsUp);
        var detail = $"{up} of {servers.Length} servers and {sentinels.Count(one => one.IsUp)} of {sentinels.Length} "
            + $"sentinels answer; {Interlocked.Read(ref _told)} events";
        var trouble = _troubles.FirstOrDefault();
        return new PartView(
            Name, _troubles.IsEmpty, trouble.Key is null ? detail : $"{detail}; {trouble.Key}: {trouble.Value}",
            Essential: false);
    }
}
