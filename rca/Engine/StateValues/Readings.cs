using Ops.Rca.Graph;

namespace Ops.Rca.StateValues;

/// <summary>
/// Remembers what words mean for kinds of vertex, so that equal words share one <see cref="Reading"/>.
/// </summary>
internal sealed class Readings(EntityGraph graph, Symbols words)
{
    /// <summary>The most different words said by datasources that are remembered.</summary>
    private const int RememberedMax = 20_000;

    private readonly Dictionary<(int Kind, string Word), Reading> _said = [];
    private readonly List<List<Reading?>> _deduced = [];

    /// <summary>The values in force.</summary>
    public StateValueSet Values { get; private set; } = new([]);

    /// <summary>Puts other values in force; readings handed out before are of the old ones.</summary>
    public void Use(StateValueSet values)
    {
        Values = values;
        _said.Clear();
        _deduced.Clear();
    }

    /// <summary>What a datasource said.</summary>
    public Reading Said(int kind, string word)
    {
        if (!_said.TryGetValue((kind, word), out var reading))
        {
            if (_said.Count >= RememberedMax)
            {
                _said.Clear();
            }

            reading = Values.Said(graph.Kinds[kind].Type, graph.Kinds[kind].IsAlarm, word);
            _said.Add((kind, word), reading);
        }

        return reading;
    }

    /// <summary>What a template says.</summary>
    public Reading Deduced(int kind, int word)
    {
        while (_deduced.Count <= kind)
        {
            _deduced.Add([]);
        }

        var ofKind = _deduced[kind];
        while (ofKind.Count <= word)
        {
            ofKind.Add(null);
        }

        return ofKind[word]
            ??= Values.Deduced(graph.Kinds[kind].Type, graph.Kinds[kind].IsAlarm, words[word]);
    }
}
