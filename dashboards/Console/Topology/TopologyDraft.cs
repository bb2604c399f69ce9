using System.Globalization;
using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Topology;

/// <summary>Decides which nodes and edges are drawn, before anything has a place.</summary>
internal sealed class TopologyDraft
{
    /// <summary>The most endpoints that stand for themselves; the others stand together by port.</summary>
    internal const int EndpointsMax = 8;

    private TopologyDraft(IReadOnlyList<PlacedNode> nodes, IReadOnlyList<(string From, string To, string Label)> edges)
    {
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>The nodes, by name.</summary>
    public IReadOnlyList<PlacedNode> Nodes { get; }

    /// <summary>The edges by the marks of their nodes, each once. What contains what is told by the layers
    /// instead.</summary>
    public IReadOnlyList<(string From, string To, string Label)> Edges { get; }

    /// <summary>Drafts the picture.</summary>
    public static TopologyDraft Of(TopologyQuestion question)
    {
        var severities = question.Alarms
            .Where(alarm => alarm.State == "alarm")
            .GroupBy(alarm => alarm.Resource.Id)
            .ToDictionary(group => group.Key, group => group.Max(alarm => Severities.Of(alarm.Severity)));
        var entities = question.Topology.Entities
            .ToDictionary(entity => new EntityRef(entity.Type, entity.Id), entity => Node(entity, severities));
        var relations = question.Topology.Relations
            .Where(relation => entities.ContainsKey(relation.From) && entities.ContainsKey(relation.To))
            .ToArray();
        Filter(question, entities, relations);
        var marks = entities.Keys.ToDictionary(key => key, key => key.ToString());
        var nodes = question.AllEndpoints ? [.. entities.Values] : GroupEndpoints(entities, relations, marks);
        var edges = relations
            .Where(relation => relation.Label != "contains")
            .Where(relation => marks.ContainsKey(relation.From) && marks.ContainsKey(relation.To))
            .Select(relation => (From: marks[relation.From], To: marks[relation.To], relation.Label))
            .Where(edge => edge.From != edge.To)
            .DistinctBy(edge => (edge.From, edge.To))
            .ToArray();
        return new TopologyDraft([.. nodes.OrderBy(node => node.Title, StringComparer.OrdinalIgnoreCase)], edges);
    }

    private static void Filter(
        TopologyQuestion question, Dictionary<EntityRef, PlacedNode> entities, RelationView[] relations)
    {
        var words = question.Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0 && !question.OnlyTrouble)
        {
            return;
        }

        var meant = question.Topology.Entities
            .Where(entity => words.All(word => Bears(entity, word)))
            .Select(entity => new EntityRef(entity.Type, entity.Id))
            .Where(key => !question.OnlyTrouble || entities[key].Severity >= Severity.Warning)
            .ToHashSet();
        var near = relations
            .Where(relation => relation.Label != "contains"
                && (meant.Contains(relation.From) || meant.Contains(relation.To)))
            .SelectMany(relation => new[] { relation.From, relation.To })
            .ToHashSet();
        foreach (var key in entities.Keys.Where(key => !meant.Contains(key)).ToArray())
        {
            if (near.Contains(key))
            {
                entities[key] = entities[key] with { Faded = true };
            }
            else
            {
                entities.Remove(key);
            }
        }
    }

    private static bool Bears(EntityView entity, string word) =>
        entity.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || entity.Type.Contains(word, StringComparison.OrdinalIgnoreCase)
        || entity.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
        || (entity.State?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false)
        || entity.Properties.Values
            .Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false);

    private static List<PlacedNode> GroupEndpoints(
        Dictionary<EntityRef, PlacedNode> entities, RelationView[] relations, Dictionary<EntityRef, string> marks)
    {
        var endpoints = entities.Where(pair => pair.Key.Type == "endpoint").ToArray();
        if (endpoints.Length <= EndpointsMax)
        {
            return [.. entities.Values];
        }

        var degree = relations.CountBy(relation => relation.To).ToDictionary();
        var grouped = endpoints
            .OrderByDescending(pair => pair.Value.Severity)
            .ThenBy(pair => pair.Value.Faded)
            .ThenByDescending(pair => degree.GetValueOrDefault(pair.Key))
            .ThenBy(pair => pair.Key.Id, StringComparer.Ordinal)
            .Skip(EndpointsMax - 2)
            .GroupBy(pair => Port(pair.Key.Id))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        var nodes = entities.ToDictionary();
        for (var index = 0; index < grouped.Length; index++)
        {
            var port = index < EndpointsMax - 2 ? grouped[index].Key : "other ports";
            var group = new EntityRef("group", port);
            foreach (var (key, node) in grouped[index])
            {
                marks[key] = group.ToString();
                nodes.Remove(key);
                nodes[group] = Joined(nodes.GetValueOrDefault(group), group, node);
            }
        }

        return [.. nodes.Values];
    }

    private static PlacedNode Joined(PlacedNode? group, EntityRef key, PlacedNode member)
    {
        var count = (group?.Count ?? 0) + 1;
        return new PlacedNode
        {
            Key = key,
            Title = $"{count} × {(int.TryParse(key.Id, out _) ? ":" : "")}{key.Id}",
            Subtitle = "endpoints",
            Count = count,
            Severity = group is null || member.Severity > group.Severity ? member.Severity : group.Severity,
            Faded = (group?.Faded ?? true) && member.Faded,
        };
    }

    private static string Port(string endpoint) =>
        endpoint.LastIndexOf(':') is var colon and >= 0 ? endpoint[(colon + 1)..] : endpoint;

    private static PlacedNode Node(EntityView entity, Dictionary<string, Severity> alarms)
    {
        var state = Severities.OfState(entity.OperationalState, entity.State);
        var alarm = alarms.GetValueOrDefault(entity.Id);
        return new PlacedNode
        {
            Key = new EntityRef(entity.Type, entity.Id),
            Title = EntityWords.Title(entity),
            Subtitle = EntityWords.Subtitle(entity),
            Severity = alarm > state ? alarm : state,
            Down = entity.State is "DOWN" or "DELETED",
        };
    }
}
