using Ops.Rca.Graph;

namespace Ops.Rca.Evaluation;

/// <summary>
/// Changes the graph one vertex or edge at a time, and finds for each change the matches that go and those that come.
/// </summary>
/// <remarks>
/// Matches that go are sought before the change takes effect, those that come after it. As the vertices of a match are
/// distinct, each match holds the changed element in one place only and is found once.
/// </remarks>
internal sealed class GraphChanges(EntityGraph graph, ClassTable classes, IMatchSink sink)
{
    private readonly Matcher _matcher = new(graph, classes, sink);
    private Vertex _before;
    private int _changing = -1;
    private bool _readsBefore;

    /// <summary>
    /// Starts to change a vertex; the caller writes to what is returned, then calls <see cref="End"/>.
    /// </summary>
    public ref Vertex Begin(int vertex)
    {
        _changing = vertex;
        ref var cold = ref graph.Vertices[vertex];
        _before = cold;
        return ref cold;
    }

    /// <summary>A property of a vertex, as it was while matches that go are sought.</summary>
    public string? Text(int vertex, int property) => _readsBefore && vertex == _changing
        ? graph.Text(_before, property)
        : graph.Text(graph.Vertices[vertex], property);

    /// <summary>Ends the change that <see cref="Begin"/> started: matches go and come.</summary>
    public void End()
    {
        var vertex = _changing;
        var was = graph.Vertices.ClassSets[vertex];
        ref var cold = ref graph.Vertices[vertex];
        var becomes = cold.IsLive ? classes.SetOf(cold) : 0;
        if (was != becomes || HasChangedReads(vertex, was))
        {
            _readsBefore = true;
            Run(vertex, was, becomes, -1);
            _readsBefore = false;
            Apply(vertex, was, becomes);
            Run(vertex, becomes, was, +1);
        }

        _changing = -1;
    }

    /// <summary>Adds an origin to an edge, and the edge where it is not there yet.</summary>
    public int AddEdge(int source, int label, int target, EdgeOrigins origin)
    {
        var edge = graph.Edges.Find(source, label, target);
        if (edge < 0)
        {
            RunViolated(source, label, target, -1);
            edge = graph.Edges.Add(source, label, target);
            CountViolators(source, label, target, +1);
            RunEdge(source, label, target, +1);
        }

        graph.Edges[edge].Origins |= origin;
        return edge;
    }

    /// <summary>Takes an origin from an edge, and the edge where it was the last.</summary>
    public void RemoveEdge(int edge, EdgeOrigins origin)
    {
        ref var it = ref graph.Edges[edge];
        it.Origins &= ~origin;
        if (it.Origins != EdgeOrigins.None)
        {
            return;
        }

        var (source, label, target) = (it.Source, it.Label, it.Target);
        RunEdge(source, label, target, -1);
        graph.Edges.Remove(edge);
        CountViolators(source, label, target, -1);
        RunViolated(source, label, target, +1);
    }

    /// <summary>Switches a clause on where all its classes have vertices.</summary>
    public static void SwitchOn(CompiledClause clause)
    {
        foreach (var role in clause.VertexRoles)
        {
            clause.Classes[role.Position].Roles.Add(role);
        }

        foreach (var role in clause.EdgeRoles)
        {
            var from = clause.Classes[role.Edge.Source];
            if (from.Starting(role.Edge.Label) is not { } list)
            {
                list = new RoleList<EdgeRole>();
                from.Outgoing.Add(KeyValuePair.Create(role.Edge.Label, list));
            }

            list.Add(role);
        }

        foreach (var role in clause.WatchRoles)
        {
            role.Watch.Watch.Roles.Add(role);
        }
    }

    /// <summary>Switches a clause off.</summary>
    public static void SwitchOff(CompiledClause clause)
    {
        foreach (var role in clause.VertexRoles)
        {
            clause.Classes[role.Position].Roles.Remove(role);
        }

        foreach (var role in clause.EdgeRoles)
        {
            clause.Classes[role.Edge.Source].Starting(role.Edge.Label)!.Remove(role);
        }

        foreach (var role in clause.WatchRoles)
        {
            role.Watch.Watch.Roles.Remove(role);
        }
    }

    /// <summary>Finds all matches of a clause that have a vertex at a place.</summary>
    public void RunPlace(CompiledClause clause, int place, int vertex, int sign) =>
        _matcher.FromVertex(clause, place, vertex, sign);

    /// <summary>Counts the violations of a vertex that a class is new to, at all its anchors.</summary>
    public void CountWatch(Watch watch, int vertex, int sign)
    {
        var labelKey = Adjacency.LabelKey(watch.Label, !watch.Outward);
        for (var group = graph.Vertices.FirstGroups[vertex]; group >= 0; group = graph.Groups[group].Next)
        {
            if (graph.Groups[group].Key >> 32 != labelKey)
            {
                continue;
            }

            foreach (var end in graph.Groups.Of(group))
            {
                if (end.Vertex != vertex)
                {
                    watch.Add(end.Vertex, sign);
                }
            }
        }
    }

    /// <summary>Takes a vertex into classes that no clause in force uses yet.</summary>
    public void Enlist(int vertex, int was, int becomes)
    {
        if (was != becomes)
        {
            Apply(vertex, was, becomes);
        }
    }

    /// <summary>
    /// Matches of the classes in one set but not the other, and those freed or ended by violations the other way.
    /// </summary>
    private void Run(int vertex, int inSet, int notInSet, int sign)
    {
        var lonely = !graph.HasEdges(vertex);
        foreach (var number in classes.Sets[inSet])
        {
            var roles = classes[number].Roles;
            var stays = classes.Sets.Has(notInSet, number);
            for (var i = 0; i < roles.Count && (!stays || classes[number].IsRead); i++)
            {
                var role = roles[i];
                if (stays
                    ? HasChanged(vertex, role.Clause.Reads[role.Position])
                    : !lonely || !role.Clause.NeedsEdge[role.Position])
                {
                    _matcher.FromVertex(role.Clause, role.Position, vertex, sign);
                }
            }
        }

        if (lonely)
        {
            return;
        }

        foreach (var number in classes.Sets[notInSet])
        {
            if (!classes.Sets.Has(inSet, number))
            {
                foreach (var watch in classes[number].Watches)
                {
                    RunWatch(watch, vertex, notInSet, inSet, sign);
                }
            }
        }
    }

    private void RunWatch(Watch watch, int vertex, int inSet, int notInSet, int sign)
    {
        var labelKey = Adjacency.LabelKey(watch.Label, !watch.Outward);
        for (var group = graph.Vertices.FirstGroups[vertex]; group >= 0; group = graph.Groups[group].Next)
        {
            if (graph.Groups[group].Key >> 32 != labelKey)
            {
                continue;
            }

            foreach (var end in graph.Groups.Of(group))
            {
                for (var i = 0; i < watch.Roles.Count; i++)
                {
                    var role = watch.Roles[i];
                    var touch = new Touch
                    {
                        IsSet = true, Vertex = vertex, Index = Array.IndexOf(role.Clause.Watches, role.Watch),
                        InSet = inSet, NotInSet = notInSet, EdgeAnchor = -1,
                    };
                    _matcher.FromVertex(role.Clause, role.Watch.Anchor, end.Vertex, sign, touch);
                }
            }
        }
    }

    private void Apply(int vertex, int was, int becomes)
    {
        graph.Vertices.ClassSets[vertex] = becomes;
        foreach (var number in classes.Sets[was])
        {
            if (!classes.Sets.Has(becomes, number))
            {
                Leave(classes[number], vertex);
            }
        }

        foreach (var number in classes.Sets[becomes])
        {
            if (!classes.Sets.Has(was, number))
            {
                Enter(classes[number], vertex);
            }
        }
    }

    private void Enter(VertexClass entered, int vertex)
    {
        entered.Members?.Add(vertex);
        if (entered.Live++ == 0)
        {
            foreach (var clause in entered.Clauses)
            {
                if (--clause.Missing == 0)
                {
                    SwitchOn(clause);
                }
            }
        }

        foreach (var watch in entered.Watches)
        {
            CountWatch(watch, vertex, +1);
        }
    }

    private void Leave(VertexClass left, int vertex)
    {
        left.Members?.Remove(vertex);
        if (--left.Live == 0)
        {
            foreach (var clause in left.Clauses)
            {
                if (clause.Missing++ == 0)
                {
                    SwitchOff(clause);
                }
            }
        }

        foreach (var watch in left.Watches)
        {
            CountWatch(watch, vertex, -1);
        }
    }

    private void RunEdge(int source, int label, int target, int sign)
    {
        if (source == target)
        {
            return;
        }

        var (sourceSet, targetSet) = (graph.Vertices.ClassSets[source], graph.Vertices.ClassSets[target]);
        foreach (var number in classes.Sets[sourceSet])
        {
            if (classes[number].Starting(label) is not { } roles)
            {
                continue;
            }

            for (var i = 0; i < roles.Count; i++)
            {
                var role = roles[i];
                if (!role.Edge.Negated && classes.Sets.Has(targetSet, role.Clause.Classes[role.Edge.Target].Number))
                {
                    _matcher.FromEdge(role.Clause, role.Edge, source, target, sign);
                }
            }
        }
    }

    /// <summary>Matches that an edge forbids, sought while it is not there.</summary>
    private void RunViolated(int source, int label, int target, int sign)
    {
        if (source == target)
        {
            return;
        }

        RunViolated(source, target, label, outward: false, sign);
        RunViolated(target, source, label, outward: true, sign);
        var targetSet = graph.Vertices.ClassSets[target];
        foreach (var number in classes.Sets[graph.Vertices.ClassSets[source]])
        {
            var roles = classes[number].Starting(label);
            for (var i = 0; i < (roles?.Count ?? 0); i++)
            {
                var role = roles![i];
                if (role.Edge.Negated && classes.Sets.Has(targetSet, role.Clause.Classes[role.Edge.Target].Number))
                {
                    _matcher.FromEdge(role.Clause, role.Edge, source, target, sign);
                }
            }
        }
    }

    private void RunViolated(int other, int anchor, int label, bool outward, int sign)
    {
        var set = graph.Vertices.ClassSets[other];
        foreach (var number in classes.Sets[set])
        {
            foreach (var watch in classes[number].Watches)
            {
                for (var i = 0; watch.Label == label && watch.Outward == outward && i < watch.Roles.Count; i++)
                {
                    var role = watch.Roles[i];
                    var touch = new Touch
                    {
                        IsSet = true, Vertex = other, Index = Array.IndexOf(role.Clause.Watches, role.Watch),
                        InSet = set, NotInSet = 0, EdgeAnchor = anchor, EdgeLabel = label, EdgeOutward = outward,
                    };
                    _matcher.FromVertex(role.Clause, role.Watch.Anchor, anchor, sign, touch);
                }
            }
        }
    }

    private void CountViolators(int source, int label, int target, int sign)
    {
        if (source != target)
        {
            CountViolator(source, target, label, outward: false, sign);
            CountViolator(target, source, label, outward: true, sign);
        }
    }

    private void CountViolator(int other, int anchor, int label, bool outward, int sign)
    {
        foreach (var number in classes.Sets[graph.Vertices.ClassSets[other]])
        {
            foreach (var watch in classes[number].Watches)
            {
                if (watch.Label == label && watch.Outward == outward)
                {
                    watch.Add(anchor, sign);
                }
            }
        }
    }

    private bool HasChangedReads(int vertex, int set)
    {
        foreach (var number in classes.Sets[set])
        {
            var roles = classes[number].Roles;
            for (var i = 0; classes[number].IsRead && i < roles.Count; i++)
            {
                if (HasChanged(vertex, roles[i].Clause.Reads[roles[i].Position]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HasChanged(int vertex, int[] properties)
    {
        foreach (var property in properties)
        {
            if (graph.Text(_before, property) != graph.Text(graph.Vertices[vertex], property))
            {
                return true;
            }
        }

        return false;
    }
}
