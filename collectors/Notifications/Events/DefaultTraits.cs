using Ops.Collectors.Notifications.Definitions;
using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>The traits that every event has, where the notification tells them.</summary>
internal static class DefaultTraits
{
    public static readonly IReadOnlyList<TraitDefinition> All =
    [
        Text("service", "publisher_id"),
        Text("request_id", "ctxt.request_id"),
        Text("project_id", "payload.tenant_id", "ctxt.project_id"),
        Text("user_id", "payload.user_id", "ctxt.user_id"),
        Text("tenant_id", "payload.tenant_id", "ctxt.project_id"),
    ];

    private static TraitDefinition Text(string name, params string[] paths) =>
        new(name, TraitType.Text, FieldDefinition.Of(paths));
}
