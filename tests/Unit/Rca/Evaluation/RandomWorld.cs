using System.Collections.Immutable;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Unit.Rca.Evaluation;

/// <summary>Makes small random templates and events: joins, alternatives, negations, chains and circles.</summary>
internal sealed class RandomWorld(int seed)
{
    public const int Ranks = 4;

    private static readonly string[] Types = ["nova.host", "nova.instance"];
    private static readonly string[] Severities = ["WARNING", "SEVERE", "CRITICAL"];
    private readonly Random _random = new(seed);
    private readonly EntityReport _report = new();

    public IReadOnlyList<Template> Templates() =>
        [.. Enumerable.Range(0, _random.Next(1, 7)).Select(number => Template($"t{number}"))];

    public Template Template(string name) => new()
    {
        Name = name, Version = "3", File = $"{name}.yaml",
        Scenarios = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(Scenario)],
    };

    /// <summary>Does one random thing to the graph, within a line.</summary>
    public void Step(Reasoner reasoner)
    {
        switch (_random.Next(10))
        {
            case 0:
                reasoner.Intake.Delete(Resource(reasoner), reasoner.NowTicks);
                break;
            case 1 or 2:
                Entity(reasoner);
                break;
            case 3 or 4:
                reasoner.Intake.Relate(Resource(reasoner), Label(reasoner), Resource(reasoner));
                break;
            case 5:
                reasoner.Intake.Unrelate(Resource(reasoner), Label(reasoner), Resource(reasoner));
                break;
            case 6 or 7:
                reasoner.Intake.Delete(Alarm(reasoner), reasoner.NowTicks);
                break;
            default:
                _report.Clear();
                _report.Entity = Alarm(reasoner);
                _report.AtTicks = reasoner.NowTicks;
                (_report.HasSaid, _report.Said) = (true, Pick(Severities));
                reasoner.Intake.UpsertAlarm(_report);
                break;
        }
    }

    public VertexName Alarm(Reasoner reasoner)
    {
        var on = Resource(reasoner);
        return new VertexName(reasoner.Graph.Kinds.Of(Kinds.Alarm, "nagios"), $"A{_random.Next(3)}", on.Kind, on.Id);
    }

    public void Raise(Reasoner reasoner, VertexName alarm)
    {
        _report.Clear();
        _report.Entity = alarm;
        _report.AtTicks = reasoner.NowTicks;
        (_report.HasSaid, _report.Said) = (true, "WARNING");
        reasoner.Intake.UpsertAlarm(_report);
    }

    private void Entity(Reasoner reasoner)
    {
        _report.Clear();
        _report.Entity = Resource(reasoner);
        _report.AtTicks = reasoner.NowTicks;
        (_report.HasSaid, _report.Said) = (true, _random.Next(4) == 0 ? "ERROR" : "ACTIVE");
        _report.Others.Add(KeyValuePair.Create<int, object?>(
            reasoner.Graph.Properties.Of("grade"), _random.Next(4) == 0 ? null : Pick(Severities)));
        if (_random.Next(2) == 0)
        {
            _report.Relations.Add(new ReportedRelation(Label(reasoner), _random.Next(2) == 0, Resource(reasoner)));
        }

        reasoner.Intake.Upsert(_report);
    }

    private Scenario Scenario(int index)
    {
        var rank = _random.Next(Ranks);
        var clauses = ImmutableArray.Create(Clause(rank));
        if (_random.Next(4) == 0)
        {
            clauses = clauses.Add(Clause(rank));
        }

        var cause = clauses[0].Entities.Any(entity => entity.Id == "a0") && _random.Next(2) == 0 ? "a0" : null;
        var severity = _random.Next(4) == 0 ? new ActionText(null, "x0", "grade") : new ActionText(Pick(Severities));
        var actions = ImmutableArray.Create<ScenarioAction>(new RaiseAlarm("x0", $"D{rank}", severity, cause));
        if (rank == 0 && _random.Next(2) == 0)
        {
            actions = [new SetState("x0", Pick(["SUBOPTIMAL", "ERROR"]))];
        }

        return new Scenario
        {
            Index = index, Condition = "random", Clauses = clauses, Actions = actions, CommonEntities = ["x0"],
        };
    }

    /// <summary>Resources x0.. along a path, alarms a0.. on them, negations on either.</summary>
    private Clause Clause(int rank)
    {
        var entities = new List<ClauseEntity>();
        var relations = new List<ClauseRelation>();
        var resources = _random.Next(1, 4);
        for (var x = 0; x < resources; x++)
        {
            var state = rank > 0 && _random.Next(5) == 0 ? Equal("vitrage_aggregated_state", "ERROR") : null;
            entities.Add(Entity($"x{x}", "RESOURCE", _random.Next(3) == 0 ? null : Pick(Types), state));
            if (x > 0 && _random.Next(12) > 0)
            {
                var far = _random.Next(x);
                relations.Add(_random.Next(2) == 0
                    ? new ClauseRelation(far, Pick(["r", "s"]), x, false)
                    : new ClauseRelation(x, Pick(["r", "s"]), far, false));
            }
        }

        for (var a = _random.Next(3); a > 0; a--)
        {
            var negated = _random.Next(3) == 0;
            entities.Add(AlarmEntity($"a{entities.Count - resources}", rank, negated));
            relations.Add(new ClauseRelation(entities.Count - 1, "on", _random.Next(resources), negated));
        }

        if (resources > 1 && _random.Next(3) == 0)
        {
            var relation = new ClauseRelation(_random.Next(resources), Pick(["r", "s"]), 0, true);
            if (relation.Source != relation.Target && !relations.Contains(relation with { Negated = false }))
            {
                relations.Add(relation);
            }
        }

        return new Clause { Entities = [.. entities], Relations = [.. relations] };
    }

    private ClauseEntity AlarmEntity(string id, int rank, bool negated)
    {
        var highest = negated ? rank - 1 : rank;
        return _random.Next(4) switch
        {
            0 => Entity(id, "ALARM", "nagios", null),
            1 => Entity(id, "ALARM", "nagios", Equal("severity", Pick(Severities))),
            2 when highest >= 0 => Entity(id, "ALARM", "vitrage", Equal("name", $"D{_random.Next(highest + 1)}")),
            _ => Entity(id, "ALARM", "nagios", Equal("name", $"A{_random.Next(3)}")),
        };
    }

    private static ClauseEntity Entity(string id, string category, string? type, PropertyPredicate? more)
    {
        var predicates = new List<PropertyPredicate> { Equal("vitrage_category", category) };
        if (type is not null)
        {
            predicates.Add(Equal("vitrage_type", type));
        }

        if (more is not null)
        {
            predicates.Add(more);
        }

        return new ClauseEntity(id, [.. predicates]);
    }

    private static PropertyPredicate Equal(string property, string value) => new(property, PredicateKind.Equal, value);

    private VertexName Resource(Reasoner reasoner)
    {
        var type = _random.Next(2);
        return new VertexName(reasoner.Graph.Kinds.Of(Kinds.Resource, Types[type]), $"{"hv"[type]}{_random.Next(3)}");
    }

    private int Label(Reasoner reasoner) => reasoner.Graph.Labels.Of(Pick(["r", "s"]));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
