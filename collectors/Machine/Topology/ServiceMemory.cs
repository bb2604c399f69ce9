using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>
/// Keeps what the tracker remembers over a restart of the program, as one document of the state store.
/// </summary>
/// <remarks>
/// Without it a service that vanished while nobody looked would never be missed, nor its entity ever deleted.
/// </remarks>
internal sealed class ServiceMemory(IStateStore store, string machine)
{
    private const string Area = "collectors";

    private byte[] _written = [];

    private sealed record Remembered(List<EntityRef> Entities, List<RememberedService> Services);

    private sealed record RememberedService(
        string Id, string Key, string? ContainerId, bool IsClient, int Port, List<int> Ports,
        string Command, string Unit,
        string User, int ProcessId, long Restarts, DateTimeOffset? DownSince, List<RememberedProcess> Processes,
        List<EntityRef> Connections, List<string> WritesTo, List<string> Interfaces);

    private sealed record RememberedProcess(int Id, long StartTicks);

    /// <summary>Puts everything back. A document that cannot be read is passed over.</summary>
    /// <returns>Why nothing was put back; null when all is well.</returns>
    public string? Restore(ServiceTracker tracker, ObservationDiff diff, DateTimeOffset now, double seconds)
    {
        if (store.Read(Area, machine) is not { } bytes)
        {
            return null;
        }

        try
        {
            var found = JsonSerializer.Deserialize<Remembered>(bytes);
            foreach (var entity in found?.Entities ?? [])
            {
                diff.Remember(entity);
            }

            foreach (var service in found?.Services ?? [])
            {
                tracker.Restore(ToKnown(service, now, seconds));
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"what was known of this machine's services cannot be read and is forgotten: {e.Message}";
        }
    }

    /// <summary>Writes the document when it changed.</summary>
    public void Save(ServiceTracker tracker, ObservationDiff diff, DateTimeOffset now, double seconds)
    {
        var services = tracker.ById.Values.Select(service => ToRemembered(service, now, seconds)).ToList();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new Remembered([.. diff.Known], services));
        if (!bytes.AsSpan().SequenceEqual(_written))
        {
            store.Write([new StateChange(Area, machine, bytes)]);
            _written = bytes;
        }
    }

    private static RememberedService ToRemembered(KnownService service, DateTimeOffset now, double seconds) => new(
        service.Id, service.Key, service.ContainerId, service.IsClient, service.Port, [.. service.Ports],
        service.Command, service.Unit, service.User, service.ProcessId, service.Restarts,
        service.DownSinceSeconds is { } since ? ToWholeSecond(now.AddSeconds(since - seconds)) : null,
        [.. service.Owners.Select(owner => new RememberedProcess(owner.Id, owner.StartTicks)),
            .. service.Remembered.Select(known => new RememberedProcess(known.Id, known.StartTicks))],
        [.. service.Connections.Where(pair => pair.Value.IsShown).Select(pair => pair.Key)],
        [.. service.WritesTo], [.. service.Interfaces]);

    /// <summary>Whole seconds, so that the same moment reckoned at two polls is written the same.</summary>
    private static DateTimeOffset ToWholeSecond(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeSeconds((at.ToUnixTimeMilliseconds() + 500) / 1000);

    private static KnownService ToKnown(RememberedService service, DateTimeOffset now, double seconds)
    {
        var known = new KnownService
        {
            Id = service.Id, Key = service.Key, ContainerId = service.ContainerId, IsClient = service.IsClient,
            Port = service.Port, Ports = [.. service.Ports], Command = service.Command, Unit = service.Unit,
            User = service.User, ProcessId = service.ProcessId, Restarts = service.Restarts,
            UpSinceSeconds = double.NegativeInfinity,
            DownSinceSeconds = service.DownSince is { } since
                ? seconds - Math.Max(0, (now - since).TotalSeconds)
                : null,
            Remembered = [.. service.Processes.Select(process => (process.Id, process.StartTicks))],
            WritesTo = new SortedSet<string>(service.WritesTo, StringComparer.Ordinal),
            Interfaces = new SortedSet<string>(service.Interfaces, StringComparer.Ordinal),
        };
        foreach (var end in service.Connections)
        {
            known.Connections[end] =
                new KnownConnection { FirstSeconds = seconds, LastSeconds = seconds, IsShown = true };
        }

        return known;
    }
}
