using System.Collections.Concurrent;
using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Session;

/// <summary>The agents that are polled, and what was read of them in a round: each table once. Safe for concurrent use.
/// </summary>
/// <param name="options">How they are asked.</param>
/// <param name="transport">Carries messages.</param>
/// <param name="time">The clock.</param>
internal sealed class SnmpAgents(SnmpOptions options, ISnmpTransport transport, TimeProvider time)
{
    /// <summary>The most agents that are remembered; when there are more, all are forgotten and met anew.</summary>
    public const int AgentsMax = 20_000;

    /// <summary>What every agent has, asked first in each round.</summary>
    public static readonly IReadOnlyList<Oid> SystemObjects =
        [.. Enumerable.Range(1, 6).Select(i => Oid.Of("1.3.6.1.2.1.1").With((uint)i, 0))];

    private readonly ConcurrentDictionary<SnmpTarget, SnmpAgent> _agents = new();

    /// <summary>How they are asked.</summary>
    public SnmpOptions Options => options;

    /// <summary>The agent that a resource names; null and the fault where it names none.</summary>
    public SnmpAgent? Find(PollResource resource, out string fault)
    {
        fault = "";
        var target = resource.Value as SnmpTarget;
        if (target is null && !SnmpAddress.TryParse(resource.Key, options, out target, out fault))
        {
            return null;
        }

        if (_agents.Count >= AgentsMax)
        {
            _agents.Clear();
        }

        return _agents.GetOrAdd(
            target, one => new SnmpAgent(new SnmpSession(one, options, transport, time), options, time));
    }

    /// <summary>
    /// Meets the agent: asks for its system group, once a round. One that is silent is not asked for anything else.
    /// </summary>
    public Task<(IReadOnlyDictionary<Oid, SnmpValue> Values, SnmpFault? Fault)> MeetAsync(
        SnmpAgent agent, PollRound round, CancellationToken cancellationToken) =>
        round.SharedAsync($"snmp {agent.Number} system", async () =>
        {
            if (agent.Resting is { } resting)
            {
                return (new Dictionary<Oid, SnmpValue>(), new SnmpFault(SnmpFaultKind.Resting, resting));
            }

            var met = await agent.Session.GetAsync(SystemObjects, cancellationToken).ConfigureAwait(false);
            if (met.Fault is null)
            {
                agent.Answered();
            }
            else
            {
                agent.Failed();
            }

            return met;
        });

    /// <summary>Values of objects that are no table's, once a round for each list.</summary>
    public async Task<(IReadOnlyDictionary<Oid, SnmpValue> Values, SnmpFault? Fault)> ObjectsAsync(
        SnmpAgent agent, string name, IReadOnlyList<Oid> objects, PollRound round, CancellationToken cancellationToken)
    {
        var met = await MeetAsync(agent, round, cancellationToken).ConfigureAwait(false);
        return met.Fault is not null
            ? met
            : await round.SharedAsync(
                $"snmp {agent.Number} objects {name}",
                () => agent.Session.GetAsync(objects, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Columns of a table, walked once a round for each table.</summary>
    public async Task<(SnmpTable Table, SnmpFault? Fault)> TableAsync(
        SnmpAgent agent, Oid entry, IReadOnlyList<Oid> columns, PollRound round, CancellationToken cancellationToken)
    {
        var met = await MeetAsync(agent, round, cancellationToken).ConfigureAwait(false);
        return met.Fault is { } fault
            ? (new SnmpTable(), fault)
            : await round.SharedAsync(
                $"snmp {agent.Number} table {entry}",
                () => agent.Session.WalkAsync(columns, options, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Whether a fault is to be told: each only by the first pollster of a round that meets it.</summary>
    public static async Task<bool> IsNewsAsync(SnmpFault fault, PollRound round)
    {
        var isFirst = false;
        await round.SharedAsync($"snmp told {fault.Message}", () => Task.FromResult(isFirst = true))
            .ConfigureAwait(false);
        return isFirst;
    }
}
