using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Machine;
using Ops.Model;

namespace Ops.Unit.Collectors.Machine;

/// <summary>A fake machine with a collector on it that polls when told.</summary>
internal sealed class WatchedMachine
{
    public WatchedMachine(FakeMachine? files = null, IStateStore? state = null, FakeTimeProvider? time = null)
    {
        Files = files ?? new FakeMachine();
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Collector = new MachineCollector(
            new MachineOptions { MachineName = "Box" }, Catalog, Sink, Sink, Time, Log.Add, state, Files);
    }

    public FakeMachine Files { get; }

    public FakeTimeProvider Time { get; }

    public SeriesCatalog Catalog { get; } = new();

    public RecordingSink Sink { get; } = new();

    public List<string> Log { get; } = [];

    public MachineCollector Collector { get; }

    /// <summary>What the graph would know: the last observation of each entity that was not deleted.</summary>
    public Dictionary<EntityRef, Observation> Graph { get; } = [];

    /// <summary>Lets time pass and polls; gives what was said.</summary>
    public async Task<List<Observation>> PollAsync(double afterSeconds = 10)
    {
        Time.Advance(TimeSpan.FromSeconds(afterSeconds));
        Sink.Clear();
        await Collector.PollAsync(default);
        foreach (var observation in Sink.Observations)
        {
            if (observation.Action == ObservationAction.Delete)
            {
                Graph.Remove(observation.Entity);
            }
            else
            {
                Graph[observation.Entity] = observation;
            }
        }

        return [.. Sink.Observations];
    }

    public Observation? Service(string name) => Graph.GetValueOrDefault(Ref(name));

    public static EntityRef Ref(string name) => new("service", $"box/service/{name}");

    /// <summary>The other ends of a service's relations of one label.</summary>
    public List<string> Ends(string name, string label) =>
        [.. Service(name)!.Relations.Where(relation => relation.Label == label)
            .Select(relation => relation.Neighbour.Id)];

    /// <summary>A server on 127.0.0.1:8000 and a client that is known to be connected to it.</summary>
    public static async Task<WatchedMachine> WithServerAndClientAsync(IStateStore? state = null)
    {
        var box = new WatchedMachine(state: state);
        box.Files.Start(100, 1, 50, "/usr/bin/python3 /srv/server.py 8000");
        box.Files.Listen(100, "127.0.0.1", 8000);
        box.Files.Start(200, 1, 60, "python3 client.py");
        box.Files.Connect(200, "127.0.0.1", 40000, "127.0.0.1", 8000);
        box.Files.Connect(100, "127.0.0.1", 8000, "127.0.0.1", 40000);
        await box.PollAsync();
        await box.PollAsync();
        return box;
    }
}
