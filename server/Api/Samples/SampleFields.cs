using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Samples;

/// <summary>A posted sample as read from its JSON, in our own names or Ceilometer's <c>counter_*</c> ones.</summary>
internal sealed record SampleFields(
    string Meter, string ResourceId, double Volume, DateTimeOffset? At, SampleContext Context, string MetadataJson)
{
    private const int NameCharsMax = 1024;
    private const int MetadataCharsMax = 64 * 1024;

    private static readonly string[] Allowed =
    [
        "name", "type", "unit", "volume", "resource_id", "project_id", "user_id", "timestamp", "resource_metadata",
        "source", "resource_type", "resource_name", "counter_name", "counter_type", "counter_unit", "counter_volume",
        "message_id", "message_signature", "monotonic_time", "recorded_at", "id",
    ];

    /// <summary>Reads one sample, or says which member is wrong and what is allowed.</summary>
    public static SampleFields? Read(JsonElement json, out string? fault)
    {
        var members = new SampleMembers(json);
        try
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                fault = $"a sample must be an object, found {SampleMembers.Kind(json)}";
                return null;
            }

            var fields = Read(json, members);
            fault = members.Fault;
            return fault is null ? fields : null;
        }
        catch (InvalidOperationException)
        {
            fault = "a sample holds text that is not Unicode, such as half of a surrogate pair";
            return null;
        }
    }

    private static SampleFields Read(JsonElement json, SampleMembers members)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (!Allowed.Contains(member.Name))
            {
                var shown = SampleMembers.Short(member.Name);
                members.Report($"'{shown}'", "is not a member of a sample" + NearestName.Hint(shown, Allowed));
            }
        }

        var metadata = members.Metadata("resource_metadata", MetadataCharsMax, out var metadataJson);
        return new SampleFields(
            members.RequiredText("name", "counter_name", NameCharsMax),
            members.RequiredText("resource_id", null, NameCharsMax),
            members.Volume("volume", "counter_volume"),
            members.Time("timestamp"),
            new SampleContext
            {
                Kind = members.Kind("type", "counter_type"),
                Unit = members.Text("unit", "counter_unit", NameCharsMax) ?? "",
                ProjectId = members.Text("project_id", null, NameCharsMax),
                UserId = members.Text("user_id", null, NameCharsMax),
                Source = members.Text("source", null, NameCharsMax) ?? "openstack",
                ResourceType = members.Text("resource_type", null, NameCharsMax),
                ResourceName = members.Text("resource_name", null, NameCharsMax),
                Metadata = metadata,
            },
            metadataJson);
    }
}
