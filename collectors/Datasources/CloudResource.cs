using Ops.Collectors.Keystone;

namespace Ops.Collectors.Datasources;

/// <summary>What the discovery <c>endpoint</c> knows of a resource: the cloud that has the service.</summary>
internal sealed record CloudResource(KeystoneSession Session, string ServiceType);
