using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Unit.Collectors.Polling;

/// <summary>Gives one sample a resource, and keeps what it was asked.</summary>
internal sealed class FakePollster(string name, string discovery = "") : IPollster
{
    private readonly Lock _lock = new();
    private int _running;

    public string Name => name;

    public string DefaultDiscovery => discovery;

    /// <summary>The keys of each call.</summary>
    public List<string[]> Calls { get; } = [];

    public bool WasCalledTwiceAtATime { get; private set; }

    /// <summary>What it does besides; default nothing.</summary>
    public Func<PollRound, IReadOnlyList<PollResource>, CancellationToken, Task>? Does { get; set; }

    /// <summary>The sample of a resource; default volume 1.</summary>
    public Func<PollResource, PolledSample>? Gives { get; set; }

    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            WasCalledTwiceAtATime |= _running++ > 0;
            Calls.Add([.. resources.Select(resource => resource.Key)]);
        }

        try
        {
            if (Does is not null)
            {
                await Does(round, resources, cancellationToken);
            }

            foreach (var resource in resources)
            {
                round.Add(Gives?.Invoke(resource) ?? new PolledSample(name, MeterKind.Gauge, "B", resource.Key, 1));
            }
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }
}

/// <summary>Finds what it is told to, and counts how often it is asked.</summary>
internal sealed class FakeDiscovery(string name, params string[] keys) : IDiscovery
{
    public string Name => name;

    public string? Group { get; init; } = "global";

    public List<string?> Asked { get; } = [];

    public Exception? Fails { get; set; }

    public Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(parameter);
        }

        return Fails is null
            ? Task.FromResult<IReadOnlyList<PollResource>>([.. keys.Select(key => new PollResource(key))])
            : throw Fails;
    }
}
