namespace Ops.Rca.Graph;

/// <summary>The kinds of vertex: a category with a type, numbered from 0.</summary>
internal sealed class Kinds
{
    /// <summary>The category of what alarms lie on.</summary>
    public const string Resource = "RESOURCE";

    /// <summary>The category of alarms.</summary>
    public const string Alarm = "ALARM";

    /// <summary>The type of deduced alarms, as templates written for Vitrage expect.</summary>
    public const string DeducedType = "vitrage";

    private readonly Dictionary<(string Category, string Type), int> _numbers = [];
    private readonly List<Kind> _kinds = [];

    /// <summary>Creates the kinds with that of deduced alarms as the first.</summary>
    public Kinds() => Deduced = Of(Alarm, DeducedType);

    /// <summary>How many there are.</summary>
    public int Count => _kinds.Count;

    /// <summary>The kind of deduced alarms.</summary>
    public int Deduced { get; }

    /// <summary>The kind of a number.</summary>
    public Kind this[int number] => _kinds[number];

    /// <summary>The number of a kind; a new one where it was not seen before.</summary>
    public int Of(string category, string type)
    {
        if (!_numbers.TryGetValue((category, type), out var number))
        {
            number = _kinds.Count;
            _numbers.Add((category, type), number);
            _kinds.Add(new Kind(category, type, category == Alarm));
        }

        return number;
    }

    /// <summary>The number of a kind, or -1.</summary>
    public int Find(string category, string type) => _numbers.GetValueOrDefault((category, type), -1);
}

/// <summary>A category with a type.</summary>
internal readonly record struct Kind(string Category, string Type, bool IsAlarm);
