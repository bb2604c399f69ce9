using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>One turn of polling: its time, its shared cache, and what the pollsters found. Safe for concurrent use.
/// </summary>
public sealed class PollRound
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lazy<Task<object?>>> _cache;
    private List<PolledSample> _samples = [];
    private List<Observation> _observations = [];
    private List<PollResource> _failed = [];
    private List<ResourceFailure> _passing = [];

    /// <summary>A round that has found nothing yet.</summary>
    /// <param name="at">The time that all samples of the round bear.</param>
    public PollRound(DateTimeOffset at)
        : this(at, new(StringComparer.Ordinal))
    {
    }

    private PollRound(DateTimeOffset at, Dictionary<string, Lazy<Task<object?>>> cache) => (At, _cache) = (at, cache);

    /// <summary>The time that all samples of the round bear.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Adds a sample.</summary>
    public void Add(PolledSample sample)
    {
        lock (_lock)
        {
            _samples.Add(sample);
        }
    }

    /// <summary>Adds what was seen of an entity; its time is the round's.</summary>
    public void Observe(Observation observation)
    {
        lock (_lock)
        {
            _observations.Add(observation with { At = At });
        }
    }

    /// <summary>Names a resource that this pollster is never to ask again.</summary>
    public void FailPermanently(PollResource resource)
    {
        lock (_lock)
        {
            _failed.Add(resource);
        }
    }

    /// <summary>Names a resource that could not be polled this time, where others of the same call could.</summary>
    /// <param name="resource">The resource; it is asked again, later and later as long as it fails.</param>
    /// <param name="problem">Why, for people.</param>
    public void FailPassing(PollResource resource, string problem)
    {
        lock (_lock)
        {
            _passing.Add(new ResourceFailure(resource, problem));
        }
    }

    /// <summary>
    /// An answer that pollsters of this round share, such as the listing of all servers: asked for once, its failure
    /// too.
    /// </summary>
    /// <param name="key">What is asked for, whole.</param>
    /// <param name="ask">Asks; called at most once a key.</param>
    public async Task<T> SharedAsync<T>(string key, Func<Task<T>> ask)
    {
        Lazy<Task<object?>> answer;
        lock (_cache)
        {
            if (!_cache.TryGetValue(key, out answer!))
            {
                answer = new Lazy<Task<object?>>(async () => await ask().ConfigureAwait(false));
                _cache[key] = answer;
            }
        }

        return (T)(await answer.Value.ConfigureAwait(false))!;
    }

    /// <summary>Takes what was found since the last call.</summary>
    public PollFindings Take()
    {
        lock (_lock)
        {
            var findings = new PollFindings(_samples, _observations, _failed) { Passing = _passing };
            (_samples, _observations, _failed, _passing) = ([], [], [], []);
            return findings;
        }
    }

    /// <summary>The same round for one call of one pollster: time and cache are shared, findings are its own.</summary>
    internal PollRound ForOneCall() => new(At, _cache);
}
