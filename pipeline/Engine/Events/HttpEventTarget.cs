using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Events;

/// <summary>Posts events as JSON to an HTTP server; with <c>raw_only</c> the payloads of their notifications.</summary>
/// <remarks>With <c>raw_only</c> an event without the notification's payload is refused: Ceilometer leaves it out
/// without a word.</remarks>
internal sealed class HttpEventTarget(HttpTargetOptions options, TimeProvider time) : IEventTarget
{
    private readonly HttpPoster _poster = new(options, time);
    private IReadOnlyList<Event>? _last;
    private List<JsonElement> _payloads = [];

    public bool LimitsItsTime => true;

    public ValueTask<PublishResult> SendAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        options.IsRawOnly
            ? SendRawAsync(events, cancellationToken)
            : _poster.SendAsync(
                events, events.Count, (json, index) => EventJson.Write(json, events[index]), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _poster.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<PublishResult> SendRawAsync(
        IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_last, events))
        {
            _last = events;
            _payloads = [.. events.Select(PayloadOf).OfType<JsonElement>()];
        }

        const string problem = "an event has no raw notification";
        if (_payloads.Count == 0)
        {
            return PublishResult.Refused(problem);
        }

        var payloads = _payloads;
        var result = await _poster.SendAsync(
            payloads, payloads.Count, (json, index) => payloads[index].WriteTo(json), cancellationToken)
            .ConfigureAwait(false);
        var without = events.Count - payloads.Count;
        return result.Outcome == PublishOutcome.Sent && without > 0
            ? PublishResult.SentBut(result.RefusedCount + without, result.Problem ?? problem)
            : result;
    }

    private static JsonElement? PayloadOf(Event one)
    {
        if (string.IsNullOrEmpty(one.Raw))
        {
            return null;
        }

        using var raw = JsonDocument.Parse(one.Raw);
        return raw.RootElement.ValueKind == JsonValueKind.Object
            && raw.RootElement.TryGetProperty("payload", out var payload)
                ? payload.Clone()
                : null;
    }
}
