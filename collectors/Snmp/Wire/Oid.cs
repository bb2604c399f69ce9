using System.Globalization;
using System.Text;

namespace Ops.Collectors.Snmp.Wire;

/// <summary>An object identifier: 2 to 128 numbers of 32 bits. Immutable, ordered as agents order their objects.
/// </summary>
internal sealed class Oid : IEquatable<Oid>, IComparable<Oid>
{
    /// <summary>The most numbers of one. Source: RFC 2578, 3.5.</summary>
    public const int PartsMax = 128;

    private readonly uint[] _parts;

    private Oid(uint[] parts) => _parts = parts;

    /// <summary>Its numbers.</summary>
    public ReadOnlySpan<uint> Parts => _parts;

    /// <summary>Reads <c>1.3.6.1</c>, with or without a leading dot; null for anything else.</summary>
    public static Oid? TryParse(string text)
    {
        var words = text.Trim().TrimStart('.').Split('.');
        var parts = new uint[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!uint.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
            {
                return null;
            }
        }

        return From(parts);
    }

    /// <summary>An identifier known to be right.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Oid Of(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is no object identifier");

    /// <summary>An identifier of these numbers; null where there are too few, too many, or wrong first ones.</summary>
    public static Oid? From(ReadOnlySpan<uint> parts) =>
        parts.Length is < 2 or > PartsMax || parts[0] > 2 || (parts[0] < 2 && parts[1] > 39)
            ? null
            : new Oid(parts.ToArray());

    /// <summary>This one with numbers appended.</summary>
    /// <exception cref="FormatException">It grows over <see cref="PartsMax"/>.</exception>
    public Oid With(params ReadOnlySpan<uint> more)
    {
        uint[] parts = [.. _parts, .. more];
        return From(parts) ?? throw new FormatException($"more than {PartsMax} numbers after {this}");
    }

    /// <summary>Whether it is under that one, or is that one.</summary>
    public bool IsUnder(Oid root) => _parts.AsSpan().StartsWith(root._parts);

    /// <summary>What follows the root, as dotted text such as <c>3</c> or <c>6.1</c>.</summary>
    public string After(Oid root) => Dotted(_parts.AsSpan(root._parts.Length));

    /// <summary>Without its last number: of a column, its table's entry.</summary>
    public Oid Parent => new(_parts[..Math.Max(2, _parts.Length - 1)]);

    /// <inheritdoc/>
    public int CompareTo(Oid? other) => other is null ? 1 : _parts.AsSpan().SequenceCompareTo(other._parts);

    /// <inheritdoc/>
    public bool Equals(Oid? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Oid);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in _parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Dotted(_parts);

    private static string Dotted(ReadOnlySpan<uint> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(text.Length == 0 ? "" : ".").Append(part.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
