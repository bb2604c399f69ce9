using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>One turn of polling: its time, its shared cache, and what the pollsters found. Safe for concurrent use.
/// </summary>
/// <param name="at">The time that all samples of the round bear.</param>
public sealed class PollRound(DateTimeOffset at)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lazy<Task<object?>>> _cache = new(StringComparer.Ordinal);
    private List<PolledSample> _samples = [];
    private List<Observation> _observations = [];
    private List<PollResource> _failed = [];

    /// <summary>The time that all samples of the round bear.</summary>
    public DateTimeOffset At { get; } = at;

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

    /// <summary>
    /// An answer that pollsters of this round share, such as the listing of all servers: asked for once, its failure
    /// too.
    /// </summary>
    /// <param name="key">What is asked for, whole.</param>
    /// <param name="ask">Asks; called at most once a key.</param>
    public async Task<T> SharedAsync<T>(string key, Func<Task<T>> ask)
    {
        Lazy<Task<object?>> answer;
        lock (_lock)
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
            var findings = new PollFindings(_samples, _observations, _failed);
            (_samples, _observations, _failed) = ([], [], []);
            return findings;
        }
    }
}
