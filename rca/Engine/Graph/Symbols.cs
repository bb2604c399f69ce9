namespace Ops.Rca.Graph;

/// <summary>
/// Gives texts dense numbers from 0, so that comparing them is comparing ints. A text once seen stays.
/// </summary>
internal sealed class Symbols
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The text of a number.</summary>
    public string this[int number] => _texts[number];

    /// <summary>The number of a text; a new one where it was not seen before.</summary>
    public int Of(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _texts.Count;
            _numbers.Add(text, number);
            _texts.Add(text);
        }

        return number;
    }

    /// <summary>The number of a text, or -1.</summary>
    public int Find(string text) => _numbers.GetValueOrDefault(text, -1);
}
