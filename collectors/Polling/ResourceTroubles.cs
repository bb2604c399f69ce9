using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Which resources a pollster asks together, which alone, and which not now or never. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A resource whose poll failed is asked alone from then on, so that it costs no other its sample: after its first
/// failure at the next round, then after twice the interval, four times and so on up to a bound, until it answers. One
/// that was merely polled together with others when that failed is asked alone once, to tell which it was.
/// </remarks>
internal sealed class ResourceTroubles(PollingOptions options, TimeProvider time)
{
    /// <summary>The most resources that are remembered; past it, failures are counted but wait for nothing.</summary>
    public const int CountMax = 100_000;

    private const int DoublingsMax = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Pollster, string Resource), Trouble> _troubles = [];
    private readonly HashSet<(string Pollster, string Resource)> _never = [];

    /// <summary>Resources that are not asked again until the configuration is read anew.</summary>
    public int Never
    {
        get
        {
            lock (_lock)
            {
                return _never.Count;
            }
        }
    }

    /// <summary>Resources whose last poll failed.</summary>
    public int Failing
    {
        get
        {
            lock (_lock)
            {
                return _troubles.Values.Count(trouble => trouble.Failures > 0);
            }
        }
    }

    /// <summary>Sorts what is to be polled: what may be asked together, and what alone, the untried first.</summary>
    public (List<PollResource> Together, List<PollResource> Alone) Sort(
        string pollster, IReadOnlyList<PollResource> resources, TimeSpan interval)
    {
        var (together, suspected, failing) = (new List<PollResource>(), new List<PollResource>(),
            new List<PollResource>());
        lock (_lock)
        {
            foreach (var resource in resources)
            {
                var key = (pollster, resource.Key);
                if (_never.Contains(key))
                {
                    continue;
                }

                if (!_troubles.TryGetValue(key, out var trouble))
                {
                    together.Add(resource);
                }
                else if (trouble.Seen(time) && trouble.Failures == 0)
                {
                    suspected.Add(resource);
                }
                else if (time.GetElapsedTime(trouble.At) >= trouble.Wait - (interval / 2))
                {
                    failing.Add(resource);
                }
            }
        }

        suspected.AddRange(failing);
        return (together, suspected);
    }

    /// <summary>Notes that a poll of several resources failed, and no one knows by which.</summary>
    public void Suspect(string pollster, IEnumerable<PollResource> resources)
    {
        lock (_lock)
        {
            foreach (var resource in resources)
            {
                if (_troubles.Count < CountMax)
                {
                    var trouble = new Trouble();
                    trouble.Seen(time);
                    _troubles.TryAdd((pollster, resource.Key), trouble);
                }
            }
        }
    }

    /// <summary>Notes that a resource failed.</summary>
    /// <returns>How long it is left alone, at least.</returns>
    public TimeSpan Fail(string pollster, PollResource resource, TimeSpan interval)
    {
        lock (_lock)
        {
            var key = (pollster, resource.Key);
            if (!_troubles.TryGetValue(key, out var trouble) && _troubles.Count >= CountMax)
            {
                return interval;
            }

            trouble ??= _troubles[key] = new Trouble();
            var doubled = interval * Math.Pow(2, Math.Min(trouble.Failures, DoublingsMax));
            trouble.Seen(time);
            trouble.Failures++;
            trouble.At = time.GetTimestamp();
            trouble.Wait = doubled < options.BackoffMax ? doubled : TimeSpan.FromTicks(
                Math.Max(options.BackoffMax.Ticks, interval.Ticks));
            return trouble.Wait;
        }
    }

    /// <summary>Notes that a resource answered.</summary>
    /// <returns>Whether it had failed before.</returns>
    public bool Succeed(string pollster, PollResource resource)
    {
        lock (_lock)
        {
            return _troubles.Remove((pollster, resource.Key), out var trouble) && trouble.Failures > 0;
        }
    }

    /// <summary>Notes that a resource is never to be asked again.</summary>
    /// <returns>Whether this is news.</returns>
    public bool Ban(string pollster, PollResource resource)
    {
        lock (_lock)
        {
            _troubles.Remove((pollster, resource.Key));
            return _never.Count < CountMax && _never.Add((pollster, resource.Key));
        }
    }

    /// <summary>Forgets resources that no one wanted to poll for a while: they are gone.</summary>
    public void Sweep(TimeSpan age)
    {
        lock (_lock)
        {
            foreach (var (key, trouble) in _troubles)
            {
                if (time.GetElapsedTime(trouble.SeenAt) > age)
                {
                    _troubles.Remove(key);
                }
            }
        }
    }

    /// <summary>Forgets everything: the configuration was read anew.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _troubles.Clear();
            _never.Clear();
        }
    }

    private sealed class Trouble
    {
        public int Failures { get; set; }

        public long At { get; set; }

        public TimeSpan Wait { get; set; }

        public long SeenAt { get; private set; }

        public bool Seen(TimeProvider time)
        {
            SeenAt = time.GetTimestamp();
            return true;
        }
    }
}
