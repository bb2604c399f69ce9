using System.Security.Cryptography;
using System.Text;

namespace Ops.Collectors.Polling;

/// <summary>Decides which resources are this agent's, where several agents share the work.</summary>
/// <remarks>
/// What the group <c>global</c> finds, and what a source lists, is shared among all agents; what a host finds of its
/// own is shared among the agents of that host. An agent that is not a member gets nothing.
/// </remarks>
internal sealed class PollShare
{
    /// <summary>The group that all agents belong to.</summary>
    public const string Global = "global";

    private readonly string _name;
    private readonly HashRing? _agents;
    private readonly HashRing? _localAgents;

    public PollShare(PollingOptions options)
    {
        _name = options.Name;
        _agents = options.Agents.Count == 0 ? null : new HashRing(options.Agents);
        _localAgents = options.LocalAgents.Count == 0 ? null : new HashRing(options.LocalAgents);
        IsMember = (options.Agents.Count == 0 || options.Agents.Contains(_name))
            && (options.LocalAgents.Count == 0 || options.LocalAgents.Contains(_name));
    }

    /// <summary>Whether this agent is one of those that share the work.</summary>
    public bool IsMember { get; }

    /// <summary>Whether the work is shared at all.</summary>
    public bool IsShared => _agents is not null || _localAgents is not null;

    /// <summary>The resources of a group that are this agent's; of no group (null) all are.</summary>
    public IReadOnlyList<PollResource> Mine(string? group, IReadOnlyList<PollResource> resources)
    {
        if (!IsMember)
        {
            return [];
        }

        var ring = group is null ? null : group == Global ? _agents : _localAgents;
        return ring is null ? resources : [.. resources.Where(resource => ring.OwnerOf(resource.Key) == _name)];
    }

    /// <summary>
    /// The name under which agents meet: sorted namespaces, a prefix where there is one, and the discovery's group.
    /// </summary>
    /// <remarks>Source: Ceilometer 8 (Ocata), <c>construct_group_id</c>.</remarks>
    public static string GroupId(IEnumerable<string> namespaces, string? prefix, string group)
    {
        var agent = string.Join('-', namespaces.Order(StringComparer.Ordinal));
        return string.IsNullOrEmpty(prefix) ? $"{agent}-{group}" : $"{agent}-{prefix}-{group}";
    }

    /// <summary>The group of a list of resources: equal for equal sets, in any order, in every process.</summary>
    public static string GroupOf(IEnumerable<string> resources)
    {
        var set = string.Join('\n', resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(set)).AsSpan(0, 8));
    }
}
