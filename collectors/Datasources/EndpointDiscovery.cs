using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Datasources;

/// <summary>Finds the clouds that have a service: <c>endpoint://compute</c>.</summary>
/// <remarks>A cloud that cannot be asked, or lacks the service, is told once and left out.</remarks>
internal sealed class EndpointDiscovery(IReadOnlyList<KeystoneSession> clouds, Action<string> report) : IDiscovery
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public string Name => "endpoint";

    public string? Group => "global";

    public async Task<IReadOnlyList<PollResource>> DiscoverAsync(
        string? parameter, PollRound round, CancellationToken cancellationToken)
    {
        var type = parameter ?? "";
        var found = new List<PollResource>();
        foreach (var cloud in clouds)
        {
            var key = $"openstack://{cloud.Options.Name}/{type}";
            try
            {
                if (await cloud.EndpointAsync(type, cancellationToken).ConfigureAwait(false) is not null)
                {
                    found.Add(new PollResource(key, new CloudResource(cloud, type)));
                    Well(key);
                }
                else
                {
                    Tell(key, $"cloud '{cloud.Options.Name}' has no service '{type}': its datasources are left out");
                }
            }
            catch (CloudException fault)
            {
                Tell(key, fault.Message);
            }
        }

        return found;
    }

    private void Tell(string key, string message)
    {
        lock (_lock)
        {
            if (!_told.Add(key))
            {
                return;
            }
        }

        report(message);
    }

    private void Well(string key)
    {
        lock (_lock)
        {
            _told.Remove(key);
        }
    }
}
