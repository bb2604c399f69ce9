using System.Text.Json;

namespace Ops.Collectors.Notifications;

/// <summary>A notification off the bus, its envelope opened.</summary>
/// <param name="EventType">Such as <c>compute.instance.create.end</c> or <c>service.update</c>.</param>
/// <param name="Priority">Lower case: <c>info</c>, <c>error</c>, <c>sample</c>, <c>audit</c>, ...</param>
/// <param name="PublisherId">Who sent it, such as <c>nova-compute:host-1</c>.</param>
/// <param name="MessageId">Its id, unique.</param>
/// <param name="At">When it was sent, UTC.</param>
/// <param name="Body">
/// All of it as one object: <c>event_type</c>, <c>publisher_id</c>, <c>message_id</c>, <c>timestamp</c>,
/// <c>priority</c>, <c>payload</c>, <c>metadata</c> (of <c>message_id</c> and <c>timestamp</c>), and the request's
/// context both as <c>ctxt</c> and as <c>_context_*</c>. A versioned payload stands as it was sent, with
/// <c>nova_object.data</c>. Every text in it is Unicode.
/// </param>
public sealed record Notification(
    string EventType, string Priority, string PublisherId, string MessageId, DateTimeOffset At, JsonElement Body)
{
    /// <summary>The payload; null JSON where there is none.</summary>
    public JsonElement Payload => Body.TryGetProperty("payload", out var payload) ? payload : default;
}
