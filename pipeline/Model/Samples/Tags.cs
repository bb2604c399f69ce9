using System.Collections;

namespace Ops.Model;

/// <summary>
/// An immutable set of name and value pairs, ordered by name (ordinal), with its hash worked out once.
/// </summary>
/// <remarks>A name occurs once; the last value given for it wins. Equality is by content.</remarks>
public sealed class Tags : IReadOnlyList<KeyValuePair<string, string>>, IEquatable<Tags>
{
    /// <summary>No tags.</summary>
    public static readonly Tags Empty = new([]);

    private readonly KeyValuePair<string, string>[] _pairs;
    private readonly int _hash;

    private Tags(KeyValuePair<string, string>[] pairs)
    {
        _pairs = pairs;
        var hash = new HashCode();
        foreach (var (name, value) in pairs)
        {
            hash.Add(name);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, string> this[int index] => _pairs[index];

    /// <summary>The value under a name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var pair in _pairs)
            {
                if (pair.Key == name)
                {
                    return pair.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Sorts the pairs and keeps the last of equal names.</summary>
    public static Tags From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            byName[name] = value;
        }

        return byName.Count == 0 ? Empty : new Tags([.. byName]);
    }

    /// <summary>Tags of the given pairs.</summary>
    public static Tags Of(params (string Name, string Value)[] pairs) =>
        From(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <inheritdoc/>
    public bool Equals(Tags? other) =>
        other is not null && _hash == other._hash && _pairs.AsSpan().SequenceEqual(other._pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tags);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, string>>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _pairs.GetEnumerator();

    /// <summary>Renders <c>name=value</c> pairs with commas between.</summary>
    public override string ToString() => string.Join(',', _pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
