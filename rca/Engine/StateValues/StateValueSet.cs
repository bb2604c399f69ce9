namespace Ops.Rca.StateValues;

/// <summary>The state values of all types: reads words of states and severities. Immutable.</summary>
/// <remarks>
/// A type without a table uses <c>default</c> (a resource) or <c>vitrage</c> (an alarm). A state that a template sets
/// and that the type's table does not know is looked up in <c>default</c>, so that it does not vanish.
/// </remarks>
public sealed class StateValueSet
{
    private const string DefaultType = "default";
    private const string AlarmDefaultType = "vitrage";
    private static readonly StateValue Unknown = new(0, "N/A");
    private readonly Dictionary<string, StateValueTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Takes tables in order; a later one of the same type replaces an earlier.</summary>
    public StateValueSet(IEnumerable<StateValueTable> tables)
    {
        foreach (var table in tables)
        {
            _tables[table.Type] = table;
        }
    }

    /// <summary>The types that have a table.</summary>
    public IReadOnlyCollection<string> Types => _tables.Keys;

    /// <summary>These tables with others laid over, type by type.</summary>
    public StateValueSet With(IEnumerable<StateValueTable> over) => new(_tables.Values.Concat(over));

    /// <summary>What a datasource said about an entity of that type.</summary>
    public Reading Said(string type, bool isAlarm, string word) => Read(word, Find(type, isAlarm, word) ?? Unknown);

    /// <summary>What a template says about an entity of that type.</summary>
    public Reading Deduced(string type, bool isAlarm, string word) =>
        Read(word, Find(type, isAlarm, word) ?? Find(DefaultType, isAlarm, word) ?? Unknown);

    /// <summary>Whether a template's word has a meaning for that type.</summary>
    public bool Knows(string type, bool isAlarm, string word) =>
        (Find(type, isAlarm, word) ?? Find(DefaultType, isAlarm, word)) is not null;

    /// <summary>The words that have a meaning for that type.</summary>
    public IEnumerable<KeyValuePair<string, StateValue>> Words(string type, bool isAlarm) =>
        Table(type, isAlarm)?.Words ?? Enumerable.Empty<KeyValuePair<string, StateValue>>();

    private static Reading Read(string word, StateValue value) =>
        new(word, word.ToUpperInvariant(), value.Priority, value.Operational);

    private StateValue? Find(string type, bool isAlarm, string word) =>
        Table(type, isAlarm) is { } table && table.Words.TryGetValue(word, out var value) ? value : null;

    private StateValueTable? Table(string type, bool isAlarm) =>
        _tables.GetValueOrDefault(type) ?? _tables.GetValueOrDefault(isAlarm ? AlarmDefaultType : DefaultType);
}
