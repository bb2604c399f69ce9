using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>What is known of an OTLP resource.</summary>
/// <remarks>
/// Its id is, of the attributes that it has, the first of <c>service.instance.id</c>, <c>service.name</c> (with
/// <c>service.namespace/</c> in front), <c>host.id</c>, <c>host.name</c>; else <c>otlp</c>. One with a
/// <c>service.name</c> or <c>service.instance.id</c> is an entity of type <c>otel.service</c>, on the entity of type
/// <c>machine</c> that <c>host.name</c> names.
/// </remarks>
internal sealed class ResourceEntry
{
    /// <summary>The entity type of services that send.</summary>
    public const string ServiceType = "otel.service";

    /// <summary>The entity type of what they run on.</summary>
    public const string HostType = "machine";

    private int _isObserved;

    public ResourceEntry(long id, Dictionary<string, string> attributes)
    {
        (Id, Attributes) = (id, attributes);
        var name = Of("service.name");
        var full = name is null ? null : Of("service.namespace") is { } space ? $"{space}/{name}" : name;
        var service = Of("service.instance.id") ?? full;
        var host = Of("host.id") ?? Of("host.name");
        ResourceId = service ?? host ?? "otlp";
        ResourceType = service is not null ? ServiceType : Of("host.name") is not null ? HostType : null;
        ResourceName = full ?? Of("host.name");
    }

    /// <summary>Its number, for what is below it.</summary>
    public long Id { get; }

    public Dictionary<string, string> Attributes { get; }

    public string ResourceId { get; }

    public string? ResourceType { get; }

    public string? ResourceName { get; }

    /// <summary>What is seen of the service, the first time it is asked; else null.</summary>
    public Observation? Observe(DateTimeOffset now) =>
        ResourceType == ServiceType && Interlocked.Exchange(ref _isObserved, 1) == 0
            ? new Observation
            {
                Entity = new EntityRef(ServiceType, ResourceId),
                Name = ResourceName ?? ResourceId,
                State = "ACTIVE",
                Properties = Properties(),
                Relations = Of("host.name")?.ToLowerInvariant() is { } host
                    ? [new ObservedRelation("on", RelationDirection.Out, new EntityRef(HostType, host))]
                    : [],
                At = now,
                Datasource = "otlp",
            }
            : null;

    private Dictionary<string, object?> Properties()
    {
        var properties = new Dictionary<string, object?>();
        foreach (var (attribute, property) in new[]
                 {
                     ("service.version", "version"), ("service.namespace", "namespace"),
                     ("telemetry.sdk.language", "language"), ("deployment.environment", "environment"),
                     ("deployment.environment.name", "environment"),
                 })
        {
            if (Of(attribute) is { } value)
            {
                properties[property] = value;
            }
        }

        return properties;
    }

    private string? Of(string name) => Attributes.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
