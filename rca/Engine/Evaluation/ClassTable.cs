using System.Runtime.InteropServices;
using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>All classes, and the discrimination index that finds those of a vertex without asking each.</summary>
internal sealed class ClassTable(EntityGraph graph)
{
    private readonly Dictionary<string, VertexClass> _byIdentity = new(StringComparer.Ordinal);
    private readonly List<VertexClass> _classes = [];
    private readonly List<KindIndex?> _kinds = [];
    private readonly List<int> _found = [];

    public ClassSets Sets { get; } = new();

    public int Count => _classes.Count;

    public VertexClass this[int number] => _classes[number];

    /// <summary>
    /// The class of vertices that fulfil all predicates; a new one where no template asked for it before.
    /// </summary>
    public VertexClass Of(IReadOnlyList<PropertyPredicate> predicates)
    {
        var compiled = predicates.Select(predicate => new ClassPredicate(predicate, graph.Properties))
            .DistinctBy(predicate => predicate.Identity)
            .OrderBy(predicate => predicate.Identity, StringComparer.Ordinal)
            .ToArray();
        var identity = string.Join('\u0002', compiled.Select(predicate => predicate.Identity));
        if (_byIdentity.TryGetValue(identity, out var known))
        {
            return known;
        }

        var ofKind = Array.FindAll(compiled, test => test.Property is PropertyIds.Category or PropertyIds.Type);
        var rest = Array.FindAll(compiled, test => test.Property is not (PropertyIds.Category or PropertyIds.Type));
        var made = new VertexClass(_classes.Count, OnlyKind(ofKind), ofKind, rest);
        _byIdentity.Add(identity, made);
        _classes.Add(made);
        foreach (var index in CollectionsMarshal.AsSpan(_kinds))
        {
            index?.AddIfFits(made);
        }

        return made;
    }

    /// <summary>The set of classes that a live vertex is in.</summary>
    public int SetOf(in Vertex vertex)
    {
        _found.Clear();
        Index(vertex.Kind).Collect(graph, vertex, _found);
        if (_found.Count == 0)
        {
            return 0;
        }

        _found.Sort();
        return Sets.Of(CollectionsMarshal.AsSpan(_found));
    }

    private KindIndex Index(int kind)
    {
        while (_kinds.Count <= kind)
        {
            _kinds.Add(null);
        }

        if (_kinds[kind] is { } known)
        {
            return known;
        }

        var index = new KindIndex(graph.Kinds[kind]);
        _classes.ForEach(index.AddIfFits);
        _kinds[kind] = index;
        return index;
    }

    private int OnlyKind(ClassPredicate[] ofKind)
    {
        var category = Array.Find(
            ofKind, test => test is { Property: PropertyIds.Category, Kind: PredicateKind.Equal });
        var type = Array.Find(ofKind, test => test is { Property: PropertyIds.Type, Kind: PredicateKind.Equal });
        return category is null || type is null ? -1 : graph.Kinds.Of(category.Value, type.Value);
    }
}
