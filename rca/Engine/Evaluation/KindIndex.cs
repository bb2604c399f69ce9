using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>
/// Finds the classes of a vertex of one kind: by hash on a property's value, never by asking each class.
/// </summary>
internal sealed class KindIndex(Kind kind)
{
    private readonly List<VertexClass> _always = [];
    private readonly List<ByProperty> _properties = [];

    /// <summary>Takes a class into the index where its category and type fit this kind.</summary>
    public void AddIfFits(VertexClass vertexClass)
    {
        foreach (var test in vertexClass.OfKind)
        {
            if (!test.Fits(test.Property == PropertyIds.Category ? kind.Category : kind.Type))
            {
                return;
            }
        }

        if (vertexClass.Access is not { } access)
        {
            _always.Add(vertexClass);
            return;
        }

        var by = _properties.Find(it => it.Property == access.Property);
        if (by is null)
        {
            by = new ByProperty(access.Property);
            _properties.Add(by);
        }

        by.Add(vertexClass, access);
    }

    /// <summary>Adds the numbers of the classes of a vertex.</summary>
    public void Collect(EntityGraph graph, in Vertex vertex, List<int> found)
    {
        foreach (var vertexClass in _always)
        {
            found.Add(vertexClass.Number);
        }

        foreach (var by in _properties)
        {
            if (graph.Text(vertex, by.Property) is not { } text)
            {
                continue;
            }

            foreach (var candidate in by.Candidates(text))
            {
                if (FitsRest(graph, vertex, candidate))
                {
                    found.Add(candidate.Number);
                }
            }
        }
    }

    private static bool FitsRest(EntityGraph graph, in Vertex vertex, VertexClass candidate)
    {
        foreach (var test in candidate.Rest)
        {
            if (!ReferenceEquals(test, candidate.Access) && !test.Fits(graph.Text(vertex, test.Property)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The classes that are looked up by one property.</summary>
    private sealed class ByProperty(int property)
    {
        /// <summary>The most values whose expressions are remembered; then it starts anew.</summary>
        private const int RememberedMax = 10_000;

        private readonly Dictionary<string, List<VertexClass>> _equal = new(StringComparer.Ordinal);
        private readonly List<(ClassPredicate Test, VertexClass Class)> _patterns = [];
        private readonly Dictionary<string, List<VertexClass>> _remembered = new(StringComparer.Ordinal);

        public int Property => property;

        public void Add(VertexClass vertexClass, ClassPredicate access)
        {
            _remembered.Clear();
            if (access.Kind == PredicateKind.Regex)
            {
                _patterns.Add((access, vertexClass));
                return;
            }

            if (!_equal.TryGetValue(access.Value, out var list))
            {
                _equal.Add(access.Value, list = []);
            }

            list.Add(vertexClass);
        }

        public List<VertexClass> Candidates(string text)
        {
            if (_patterns.Count == 0)
            {
                return _equal.GetValueOrDefault(text, None);
            }

            if (_remembered.TryGetValue(text, out var known))
            {
                return known;
            }

            if (_remembered.Count == RememberedMax)
            {
                _remembered.Clear();
            }

            var fitting = new List<VertexClass>(_equal.GetValueOrDefault(text, None));
            fitting.AddRange(_patterns.Where(pattern => pattern.Test.Fits(text)).Select(pattern => pattern.Class));
            _remembered.Add(text, fitting);
            return fitting;
        }

        private static readonly List<VertexClass> None = [];
    }
}
