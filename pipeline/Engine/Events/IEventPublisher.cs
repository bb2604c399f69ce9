using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>Takes the events of a sink to one address. Safe for concurrent use.</summary>
public interface IEventPublisher : IAsyncDisposable
{
    /// <summary>Its address, without secrets.</summary>
    string Address { get; }

    /// <summary>What became of the events so far; it always balances.</summary>
    PublisherCounts Counts { get; }

    /// <summary>Takes events; when the task is done they are stored, or in its queue.</summary>
    /// <remarks>One without a queue throws what kept it from taking them; they are counted as <c>failed</c>.</remarks>
    ValueTask PublishAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken);
}
