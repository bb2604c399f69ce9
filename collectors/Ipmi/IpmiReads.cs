using Ops.Collectors.Polling;

namespace Ops.Collectors.Ipmi;

/// <summary>What pollsters ask of controllers: each command once a round and target.</summary>
internal sealed class IpmiReads(IpmiOptions options, IIpmiTool tool)
{
    /// <summary>The most controllers that one pollster asks at the same time.</summary>
    public const int ConcurrentMax = 8;

    private const int ToldMax = 8;

    /// <summary>All sensors.</summary>
    public Task<(IReadOnlyList<SensorReading> Sensors, string? Fault)> SensorsAsync(
        IpmiTarget target, PollRound round, CancellationToken cancellationToken) =>
        round.SharedAsync($"ipmi {target.Url} sdr", async () =>
        {
            var output = await tool.RunAsync(target, ["-v", "sdr"], cancellationToken).ConfigureAwait(false);
            return (output.Fault is null ? SensorText.Parse(output.Text) : [], output.Fault);
        });

    /// <summary>Whether the chassis is <c>on</c> or <c>off</c>; empty where it is not said.</summary>
    public async Task<string> PowerStateAsync(IpmiTarget target, CancellationToken cancellationToken)
    {
        var output = await tool.RunAsync(target, ["chassis", "power", "status"], cancellationToken)
            .ConfigureAwait(false);
        return output.Text.Contains("is on", StringComparison.Ordinal) ? "on"
            : output.Text.Contains("is off", StringComparison.Ordinal) ? "off" : "";
    }

    /// <summary>Whether the controller is Intel's, so that Node Manager may be behind it.</summary>
    public Task<(bool IsIntel, string? Fault)> IsIntelAsync(
        IpmiTarget target, PollRound round, CancellationToken cancellationToken) =>
        round.SharedAsync($"ipmi {target.Url} device", async () =>
        {
            var output = await tool.RunAsync(target, ["raw", "0x06", "0x01"], cancellationToken).ConfigureAwait(false);
            return (output.Fault is null && IntelNode.IsIntel(IntelNode.Octets(output.Text)), output.Fault);
        });

    /// <summary>An answer of Node Manager; empty where it has none.</summary>
    public Task<byte[]> NodeManagerAsync(
        IpmiTarget target, IReadOnlyList<string> command, PollRound round, CancellationToken cancellationToken) =>
        round.SharedAsync($"ipmi {target.Url} {string.Join(' ', command)}", async () =>
        {
            var output = await tool.RunAsync(target, IntelNode.Bridged(options, command), cancellationToken)
                .ConfigureAwait(false);
            return output.Fault is null ? IntelNode.Octets(output.Text) : [];
        });

    /// <summary>The watts that DCMI tells; null where it tells none.</summary>
    public async Task<double?> DcmiWattsAsync(IpmiTarget target, CancellationToken cancellationToken)
    {
        var output = await tool.RunAsync(target, ["dcmi", "power", "reading"], cancellationToken)
            .ConfigureAwait(false);
        return output.Fault is null ? IntelNode.DcmiWatts(output.Text) : null;
    }

    /// <summary>Polls each target; afterwards says what failed, where no other pollster of the round said it.</summary>
    /// <exception cref="IpmiPollException">A target failed.</exception>
    public async Task EachAsync(
        PollRound round, IReadOnlyList<PollResource> resources, Func<IpmiTarget, Task<string?>> poll)
    {
        var told = new List<string>();
        foreach (var some in resources.Chunk(ConcurrentMax))
        {
            var faults = await Task.WhenAll(some.Select(async resource =>
            {
                if (IpmiTargets.Find(resource, options, out var wrong) is { } target)
                {
                    return await poll(target).ConfigureAwait(false);
                }

                // A pattern such as hardware.* selects the pollsters of SNMP, too, whose addresses are no mistake here.
                if (resource.Key.StartsWith("snmp://", StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                round.FailPermanently(resource);
                return wrong;
            })).ConfigureAwait(false);
            foreach (var fault in faults.OfType<string>())
            {
                var isFirst = false;
                await round.SharedAsync($"ipmi told {fault}", () => Task.FromResult(isFirst = true))
                    .ConfigureAwait(false);
                if (isFirst)
                {
                    told.Add(fault);
                }
            }
        }

        if (told.Count > 0)
        {
            var more = told.Count > ToldMax ? $"; and {told.Count - ToldMax} more" : "";
            throw new IpmiPollException(string.Join("; ", told.Take(ToldMax)) + more);
        }
    }
}

/// <summary>Controllers that could not be asked, in a sentence without secrets.</summary>
internal sealed class IpmiPollException(string message) : Exception(message);
