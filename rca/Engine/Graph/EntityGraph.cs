using System.Globalization;

namespace Ops.Rca.Graph;

/// <summary>The directed multigraph of entities and alarms, without any reasoning. One writer at a time.</summary>
internal sealed class EntityGraph
{
    /// <summary>The label of an alarm's edge to what it lies on.</summary>
    public const string OnLabel = "on";

    /// <summary>The label of a cause's edge to its effect.</summary>
    public const string CausesLabel = "causes";

    public EntityGraph()
    {
        Groups = new Adjacency(Vertices);
        Edges = new EdgeTable(Vertices, Groups);
        Resources = new VertexIndex(Vertices);
        On = Labels.Of(OnLabel);
        Causes = Labels.Of(CausesLabel);
    }

    public Kinds Kinds { get; } = new();

    public Symbols Labels { get; } = new();

    public Symbols Properties { get; } = PropertyIds.NewNames();

    public VertexTable Vertices { get; } = new();

    public Adjacency Groups { get; }

    public EdgeTable Edges { get; }

    /// <summary>All vertices but alarms, by kind and id, soft-deleted ones too.</summary>
    public VertexIndex Resources { get; }

    /// <summary>Observed alarms by (kind, name, resource), soft-deleted ones too.</summary>
    public Dictionary<(int Kind, string Name, int Resource), int> Alarms { get; } = [];

    public int On { get; }

    public int Causes { get; }

    /// <summary>The edges of a vertex of any kind and direction, each once.</summary>
    public void CopyEdges(int vertex, List<int> into)
    {
        for (var group = Vertices.FirstGroups[vertex]; group >= 0; group = Groups[group].Next)
        {
            foreach (var end in Groups.Of(group))
            {
                // An edge to itself stands in two groups; take it from the outward one.
                if (end.Vertex != vertex || ((Groups[group].Key >> 32) & 1) == 1)
                {
                    into.Add(end.Edge);
                }
            }
        }
    }

    /// <summary>Whether a vertex has any edge.</summary>
    public bool HasEdges(int vertex)
    {
        for (var group = Vertices.FirstGroups[vertex]; group >= 0; group = Groups[group].Next)
        {
            if (Groups[group].Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A property of a vertex as text, as predicates and get_attr read it; null where it has none.</summary>
    public string? Text(in Vertex vertex, int property) => property switch
    {
        PropertyIds.Category => Kinds[vertex.Kind].Category,
        PropertyIds.Type => Kinds[vertex.Kind].Type,
        PropertyIds.Id when Kinds[vertex.Kind].IsAlarm && vertex.Resource >= 0 => AsText(vertex.Other(property)),
        PropertyIds.Id => vertex.Id,
        PropertyIds.Name => vertex.Name,
        PropertyIds.State when !Kinds[vertex.Kind].IsAlarm => vertex.Said?.Text,
        PropertyIds.State => AsText(vertex.Other(property)) ?? "Active",
        PropertyIds.DeducedState => vertex.Deduced?.Text,
        PropertyIds.AggregatedState when !Kinds[vertex.Kind].IsAlarm => vertex.Aggregated?.Upper,
        PropertyIds.OperationalState when !Kinds[vertex.Kind].IsAlarm => vertex.Aggregated?.Operational ?? "N/A",
        PropertyIds.Severity when Kinds[vertex.Kind].IsAlarm => vertex.Said?.Text,
        PropertyIds.AggregatedSeverity when Kinds[vertex.Kind].IsAlarm => vertex.Said?.Upper,
        PropertyIds.OperationalSeverity when Kinds[vertex.Kind].IsAlarm => vertex.Said?.Operational ?? "N/A",
        PropertyIds.MarkedDown => (vertex.Flags & VertexFlags.MarkedDown) != 0 ? "true" : "false",
        PropertyIds.ResourceId => vertex.Resource < 0 ? AsText(vertex.Other(property)) : Vertices[vertex.Resource].Id,
        PropertyIds.ResourceType =>
            vertex.Resource < 0 ? AsText(vertex.Other(property)) : Kinds[Vertices[vertex.Resource].Kind].Type,
        PropertyIds.IsDeleted => (vertex.Flags & VertexFlags.Deleted) != 0 ? "true" : "false",
        PropertyIds.IsPlaceholder => (vertex.Flags & VertexFlags.Real) == 0 ? "true" : "false",
        PropertyIds.SampleTimestamp => vertex.AtTicks < 0
            ? null
            : new DateTime(vertex.AtTicks, DateTimeKind.Utc)
                .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => AsText(vertex.Other(property)),
    };

    /// <summary>The text of an observed value: true and false in lower case, numbers as JSON writes them.</summary>
    public static string? AsText(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
