using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Datasources;
using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Server.Config;
using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

/// <summary>Datasources over one pretended cloud, polled round by round.</summary>
internal sealed class Polled
{
    private readonly DatasourcePollsters _pollsters;

    public Polled(FakeCloud cloud, string yaml, string file = "d.yaml", DatasourceOptions? options = null)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(yaml, file, faults)!;
        Set = DatasourceSet.Read([(file, root)], faults, options);
        Assert.Empty(faults.All);
        var session = new KeystoneSession(SomeCloud.Options, Time, cloud);
        _pollsters = DatasourcePollsters.Of(Set, [session], new HttpClient(cloud), Time, Reports.Add);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));

    public DatasourceSet Set { get; }

    public List<string> Reports { get; } = [];

    public IReadOnlyList<string> Names => [.. _pollsters.Pollsters.Select(pollster => pollster.Name)];

    /// <summary>One of the files that come with the program.</summary>
    public static Polled BuiltIn(FakeCloud cloud, string name) => new(
        cloud, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "etc/datasources/openstack", name)), name);

    /// <summary>Polls with all pollsters, or with those of the names.</summary>
    public async Task<PollFindings> RoundAsync(params string[] names)
    {
        var round = new PollRound(Time.GetUtcNow());
        foreach (var pollster in _pollsters.Pollsters.Where(one => names.Length == 0 || names.Contains(one.Name)))
        {
            var parts = pollster.DefaultDiscovery.Split("://", 2);
            var discovery = _pollsters.Discoveries.Single(one => one.Name == parts[0]);
            var resources = await discovery.DiscoverAsync(parts[1], round, CancellationToken.None);
            await pollster.PollAsync(round, resources, CancellationToken.None);
        }

        return round.Take();
    }

    /// <summary>The faults of a file, rendered.</summary>
    public static IReadOnlyList<string> Faults(string yaml, DatasourceOptions? options = null)
    {
        var faults = new ConfigFaults();
        DatasourceSet.Read([("d.yaml", YamlReader.Read(yaml, "d.yaml", faults)!)], faults, options);
        return [.. faults.All.Select(fault => fault.ToString())];
    }

    public static string Line(PolledSample sample) => FormattableString.Invariant(
        $"{sample.Meter} {sample.Kind.Word()} {sample.Volume} {sample.Unit} {sample.ResourceId} {sample.ProjectId}");

    public static string Line(Observation seen) =>
        $"{seen.Action} {seen.Entity} {seen.Name} {seen.State} " + string.Join(' ', seen.Relations.Select(relation =>
            $"{relation.Label}/{relation.Direction}/{relation.Neighbour}"));
}
