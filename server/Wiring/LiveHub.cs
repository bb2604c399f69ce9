using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ops.Model;

namespace Ops.Server.Wiring;

/// <summary>Hands what just happened to everybody who listens. A listener that is slow loses the oldest.</summary>
internal sealed class LiveHub
{
    private const int EventsMaxPerListener = 256;

    private ImmutableList<Channel<LiveEvent>> _listeners = [];

    public void Publish(LiveEvent happened)
    {
        foreach (var listener in _listeners)
        {
            listener.Writer.TryWrite(happened);
        }
    }

    public async IAsyncEnumerable<LiveEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(EventsMaxPerListener) { FullMode = BoundedChannelFullMode.DropOldest });
        ImmutableInterlocked.Update(ref _listeners, (all, mine) => all.Add(mine), channel);
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _listeners, (all, mine) => all.Remove(mine), channel);
        }
    }
}
