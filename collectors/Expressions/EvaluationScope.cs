namespace Ops.Collectors.Expressions;

/// <summary>The names an expression sees, and what it has spent of its steps.</summary>
/// <remarks>
/// A value is null, bool, long, double, string, <c>IReadOnlyList&lt;object?&gt;</c> or
/// <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
/// </remarks>
internal sealed class EvaluationScope(IReadOnlyDictionary<string, object?> variables)
{
    public const int StepsMax = 200_000;
    public const int SizeMax = 1_000_000;

    private readonly Dictionary<string, object?> _locals = new(StringComparer.Ordinal);
    private int _steps;

    public object? this[string name] => _locals.TryGetValue(name, out var local) ? local
        : variables.TryGetValue(name, out var value) ? value
        : throw new EvaluationException($"'{name}' has no value here");

    /// <summary>Counts work: one a node, and one a character or item that is made.</summary>
    public void Spend(int steps)
    {
        _steps += steps;
        if (_steps > StepsMax || steps > SizeMax)
        {
            throw new EvaluationException($"takes more than {StepsMax} steps");
        }
    }

    /// <summary>Works out something while a name stands for a value.</summary>
    public T With<T>(string name, object? value, Func<T> work)
    {
        var had = _locals.TryGetValue(name, out var before);
        _locals[name] = value;
        try
        {
            return work();
        }
        finally
        {
            if (had)
            {
                _locals[name] = before;
            }
            else
            {
                _locals.Remove(name);
            }
        }
    }
}
