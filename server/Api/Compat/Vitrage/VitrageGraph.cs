using Ops.Model;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>The live graph as Vitrage shows it: resources, alarms on them, causes, and one cluster above all.</summary>
internal sealed class VitrageGraph
{
    private const string ClusterType = "openstack.cluster";
    private const string ClusterName = "OpenStack Cluster";
    private const string Resource = "RESOURCE";
    private const string Contains = "contains";

    private static readonly string[] UnderCluster = ["nova.zone", "machine"];

    private readonly List<VitrageVertex> _vertices = [];
    private readonly List<VitrageEdge> _edges = [];
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityRef, int> _byRef = [];

    private VitrageGraph()
    {
    }

    /// <summary>Resources first, then alarms.</summary>
    public IReadOnlyList<VitrageVertex> Vertices => _vertices;

    /// <summary>The edges.</summary>
    public IReadOnlyList<VitrageEdge> Edges => _edges;

    /// <summary>The position of the cluster.</summary>
    public int Root { get; private set; }

    /// <summary>The graph of this moment.</summary>
    public static VitrageGraph Of(IOpsView view, DateTimeOffset now)
    {
        var graph = new VitrageGraph();
        var topology = view.Topology();
        graph.AddResources(topology, now);
        graph.AddAlarms(view.Alarms(), now);
        return graph;
    }

    /// <summary>The position of a vertex, or -1.</summary>
    public int Find(string vitrageId) => _byId.GetValueOrDefault(vitrageId, -1);

    /// <summary>The neighbours of every vertex.</summary>
    /// <param name="outward">Along the edges' direction.</param>
    /// <param name="inward">Against it.</param>
    /// <param name="label">Only edges of that label; null for all.</param>
    public ILookup<int, int> Neighbours(bool outward, bool inward, string? label = null)
    {
        var chosen = _edges.Where(edge => label is null || edge.Label == label).ToList();
        var there = outward ? chosen.Select(edge => (From: edge.Source, To: edge.Target)) : [];
        var back = inward ? chosen.Select(edge => (From: edge.Target, To: edge.Source)) : [];
        return there.Concat(back).ToLookup(pair => pair.From, pair => pair.To);
    }

    private void AddResources(TopologyView topology, DateTimeOffset now)
    {
        foreach (var entity in topology.Entities)
        {
            _byRef[new EntityRef(entity.Type, entity.Id)] = Add(OfEntity(entity, now));
        }

        Root = _vertices.FindIndex(vertex => vertex["vitrage_type"] is ClusterType);
        if (Root < 0)
        {
            var cluster = new EntityView
            {
                Type = ClusterType, Id = ClusterName, Name = ClusterName, State = "available", OperationalState = "OK",
            };
            Root = Add(OfEntity(cluster, now));
            foreach (var (entity, position) in _byRef.Where(pair => UnderCluster.Contains(pair.Key.Type)))
            {
                _edges.Add(new VitrageEdge(Root, position, Contains));
            }
        }

        foreach (var relation in topology.Relations)
        {
            if (_byRef.TryGetValue(relation.From, out var from) && _byRef.TryGetValue(relation.To, out var to))
            {
                _edges.Add(new VitrageEdge(from, to, relation.Label));
            }
        }
    }

    private void AddAlarms(IReadOnlyList<AlarmView> alarms, DateTimeOffset now)
    {
        foreach (var alarm in alarms)
        {
            var on = _byRef.GetValueOrDefault(new EntityRef(alarm.Resource.Type, alarm.Resource.Id), -1);
            var position = Add(OfAlarm(alarm, on < 0 ? null : _vertices[on], now));
            if (on >= 0)
            {
                _edges.Add(new VitrageEdge(position, on, "on"));
            }
        }

        foreach (var alarm in alarms)
        {
            _edges.AddRange(alarm.Causes
                .Select(Find)
                .Where(cause => cause >= 0)
                .Select(cause => new VitrageEdge(cause, Find(alarm.Id), "causes")));
        }
    }

    private int Add(VitrageVertex vertex)
    {
        _vertices.Add(vertex);
        _byId[vertex.VitrageId] = _vertices.Count - 1;
        return _vertices.Count - 1;
    }

    private static VitrageVertex OfEntity(EntityView entity, DateTimeOffset now)
    {
        var id = VitrageIds.Of(Resource, entity.Type, entity.Id);
        var all = Common(id, Resource, entity.Type, entity.Name, now);
        all["id"] = entity.Id;
        all["state"] = entity.State;
        all["vitrage_aggregated_state"] = entity.State;
        all["vitrage_operational_state"] = entity.OperationalState;
        foreach (var (name, value) in entity.Properties)
        {
            all.TryAdd(name, value);
        }

        all.TryAdd("project_id", null);
        return new VitrageVertex(id, all);
    }

    /// <summary>The vertex of an alarm.</summary>
    public static VitrageVertex OfAlarm(AlarmView alarm, VitrageVertex? resource, DateTimeOffset now)
    {
        var all = Common(alarm.Id, "ALARM", alarm.Type, alarm.Name, now);
        var operational = VitrageSeverities.Operational(alarm.Severity);
        all["id"] = alarm.Id;
        all["state"] = "Active";
        all["severity"] = alarm.Severity;
        all["vitrage_aggregated_severity"] = alarm.Severity.ToUpperInvariant();
        all["vitrage_operational_severity"] = operational;
        all["update_timestamp"] = alarm.Since.ToIso();
        all["start_timestamp"] = alarm.Since.ToIso();
        all["info"] = alarm.Reason;
        all["vitrage_resource_type"] = alarm.Resource.Type;
        all["vitrage_resource_id"] = VitrageIds.Of(Resource, alarm.Resource.Type, alarm.Resource.Id);
        all["resource_id"] = alarm.Resource.Id;
        all["resource_name"] = alarm.Resource.Name;
        all["project_id"] = resource?["project_id"];
        all["vitrage_resource_project_id"] = resource?["project_id"];
        return new VitrageVertex(alarm.Id, all);
    }

    private static Dictionary<string, object?> Common(
        string vitrageId, string category, string type, string name, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        ["vitrage_id"] = vitrageId,
        ["vitrage_category"] = category,
        ["vitrage_type"] = type,
        ["name"] = name,
        ["vitrage_is_deleted"] = false,
        ["vitrage_is_placeholder"] = false,
        ["is_real_vitrage_id"] = true,
        ["vitrage_sample_timestamp"] = now.ToIso(),
    };
}
