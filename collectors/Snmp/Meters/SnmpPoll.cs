using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Session;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>A pollster's turn over its agents: several at a time, one that fails does not stop the others.</summary>
internal static class SnmpPoll
{
    /// <summary>The most agents that are asked at the same time by one pollster.</summary>
    public const int ConcurrentMax = 32;

    private const int ToldMax = 8;

    /// <summary>Polls each agent; afterwards says what failed, where no other pollster of the round said it.</summary>
    /// <exception cref="SnmpPollException">An agent failed.</exception>
    public static async Task EachAsync(
        SnmpAgents agents, PollRound round, IReadOnlyList<PollResource> resources,
        Func<SnmpAgent, Task<SnmpFault?>> poll)
    {
        var told = new List<string>();
        foreach (var some in resources.Chunk(ConcurrentMax))
        {
            var faults = await Task.WhenAll(some.Select(async resource =>
            {
                // A pattern such as hardware.* selects the pollsters of IPMI, too, whose addresses are no mistake here.
                if (resource.Key.StartsWith("ipmi://", StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                if (agents.Find(resource, out var wrong) is { } agent)
                {
                    return await poll(agent).ConfigureAwait(false);
                }

                round.FailPermanently(resource);
                return new SnmpFault(SnmpFaultKind.Broken, wrong);
            })).ConfigureAwait(false);
            foreach (var fault in faults)
            {
                if (fault is not null and not { Kind: SnmpFaultKind.Resting }
                    && await SnmpAgents.IsNewsAsync(fault, round).ConfigureAwait(false))
                {
                    told.Add(fault.Message);
                }
            }
        }

        if (told.Count > 0)
        {
            var more = told.Count > ToldMax ? $"; and {told.Count - ToldMax} more" : "";
            throw new SnmpPollException(string.Join("; ", told.Take(ToldMax)) + more);
        }
    }
}

/// <summary>Agents that could not be polled, in a sentence without secrets.</summary>
internal sealed class SnmpPollException(string message) : Exception(message);
