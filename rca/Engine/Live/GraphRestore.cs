using System.Text.Json;
using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>
/// Reads back what <see cref="GraphJournal"/> wrote. A document that is not understood is passed over.
/// </summary>
internal sealed class GraphRestore(
    Reasoner reasoner, IStateStore store, GraphJournal journal, Dictionary<int, AlarmTransition> transitions)
{
    private readonly EntityReport _report = new();

    /// <summary>Documents that were not understood.</summary>
    public int Skipped { get; private set; }

    /// <summary>The alarms that were restored, with their resources.</summary>
    public List<KeyValuePair<string, VertexName>> Names { get; } = [];

    /// <summary>Restores everything in one line.</summary>
    public void Run(IChangeSink sink)
    {
        reasoner.Begin(0);
        var deleted = new List<(VertexName Name, long AtTicks)>();
        foreach (var (_, bytes) in store.ReadAll(GraphJournal.EntityArea))
        {
            Entity(bytes, deleted);
        }

        foreach (var (name, atTicks) in deleted)
        {
            reasoner.Intake.Delete(name, atTicks);
        }

        foreach (var (_, bytes) in store.ReadAll(GraphJournal.AlarmArea))
        {
            Alarm(bytes);
        }

        reasoner.Settle(sink);
        foreach (var fact in reasoner.Facts.Alarms.Values)
        {
            if (store.Read(GraphJournal.DeducedArea, journal.DeducedKey(fact)) is { } bytes)
            {
                var since = JsonSerializer.Deserialize<long>(bytes);
                reasoner.Graph.Vertices[fact.Vertex].SinceTicks = since;
                fact.Since(since);
            }
        }
    }

    private void Entity(byte[] bytes, List<(VertexName Name, long AtTicks)> deleted)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var name = Name(root);
            _report.Clear();
            _report.Entity = name;
            _report.AtTicks = root.GetProperty("at").GetInt64();
            (_report.HasName, _report.Name) = (true, root.GetProperty("name").GetString());
            (_report.HasSaid, _report.Said) = (true, root.GetProperty("state").GetString());
            foreach (var property in root.GetProperty("properties").EnumerateObject())
            {
                _report.Others.Add(KeyValuePair.Create(
                    reasoner.Graph.Properties.Of(property.Name), Value(property.Value)));
            }

            if (root.GetProperty("real").GetBoolean())
            {
                reasoner.Intake.Upsert(_report);
            }

            foreach (var relation in root.GetProperty("relations").EnumerateArray())
            {
                reasoner.Intake.Relate(
                    name, reasoner.Graph.Labels.Of(relation.GetProperty("label").GetString()!), Name(relation));
            }

            if (root.GetProperty("deleted").GetBoolean())
            {
                deleted.Add((name, _report.AtTicks));
            }
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            Skipped++;
        }
    }

    private void Alarm(byte[] bytes)
    {
        if (AlarmJson.Read(bytes) is not { } stored)
        {
            Skipped++;
            return;
        }

        var kinds = reasoner.Graph.Kinds;
        var name = new VertexName(
            kinds.Of(Kinds.Alarm, stored.Monitor), stored.Identity, kinds.Of(Kinds.Resource, stored.OnType),
            stored.OnId);
        _report.Clear();
        _report.Entity = name;
        _report.AtTicks = stored.AtTicks;
        (_report.HasName, _report.Name) = (true, stored.Rule);
        (_report.HasSaid, _report.Said) = (true, stored.Severity);
        var vertex = reasoner.Intake.UpsertAlarm(_report);
        if (vertex < 0)
        {
            return;
        }

        reasoner.Graph.Vertices[vertex].SinceTicks = stored.SinceTicks;
        transitions[vertex] = new AlarmTransition
        {
            AlarmId = stored.AlarmId, Monitor = stored.Monitor, Rule = stored.Rule, ResourceId = stored.ResourceId,
            ResourceType = stored.ResourceType, ResourceName = stored.ResourceName, Severity = stored.Severity,
            From = (AlarmState)stored.To, To = (AlarmState)stored.To, Reason = stored.Reason, Value = stored.Value,
            At = new DateTimeOffset(stored.AtTicks, TimeSpan.Zero),
        };
        Names.Add(KeyValuePair.Create(stored.AlarmId, name));
        if ((AlarmState)stored.To != AlarmState.Alarm)
        {
            reasoner.Intake.Delete(name, stored.AtTicks);
        }
    }

    private VertexName Name(JsonElement element) => new(
        reasoner.Graph.Kinds.Of(element.GetProperty("category").GetString()!, element.GetProperty("type").GetString()!),
        element.GetProperty("id").GetString()!);

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        _ => null,
    };
}
