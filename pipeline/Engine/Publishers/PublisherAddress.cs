using System.Globalization;
using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>A publisher's address: scheme, place, and parameters after <c>?</c>.</summary>
/// <remarks>Parameters of which no one asked stay part of the place, so that an HTTP target may have its
/// own.</remarks>
public sealed class PublisherAddress
{
    private readonly List<KeyValuePair<string, string>> _parameters;
    private readonly Dictionary<string, string?> _taken = new(StringComparer.Ordinal);

    private PublisherAddress(string text, string scheme, string place, List<KeyValuePair<string, string>> parameters)
    {
        Text = text;
        Scheme = scheme;
        Place = place;
        _parameters = parameters;
    }

    /// <summary>The address as written.</summary>
    public string Text { get; }

    /// <summary>What stands before <c>://</c>, in lower case.</summary>
    public string Scheme { get; }

    /// <summary>What stands between <c>://</c> and <c>?</c>.</summary>
    public string Place { get; }

    /// <summary>The parameters in order, as far as no one took them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>Reads an address; one without <c>://</c> is a bare scheme.</summary>
    public static PublisherAddress Parse(string text)
    {
        var scheme = SchemeOf(text);
        var rest = text.Length > scheme.Length + 3 ? text[(scheme.Length + 3)..] : "";
        var question = rest.IndexOf('?');
        var query = question < 0 ? "" : rest[(question + 1)..];
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(
                Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""));
        return new PublisherAddress(text, scheme, question < 0 ? rest : rest[..question], [.. parameters]);
    }

    /// <summary>The scheme of an address, in lower case.</summary>
    public static string SchemeOf(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).ToLowerInvariant();
    }

    /// <summary>The address without user, password and parameters' values, for logs and answers.</summary>
    public static string WithoutSecrets(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var question = text.IndexOf('?');
        var place = question < 0 ? text : text[..question];
        var end = start < 0 ? -1 : place.IndexOf('/', start + 3);
        var at = start < 0 ? -1 : place.LastIndexOf('@', end < 0 ? place.Length - 1 : end);
        return at > start ? string.Concat(place.AsSpan(0, start + 3), place.AsSpan(at + 1)) : place;
    }

    /// <summary>Takes a parameter out; null when it is not there. The last of several counts.</summary>
    /// <remarks>Who asks again gets the same answer, so that queue and target may share one.</remarks>
    public string? Take(string name)
    {
        if (_taken.TryGetValue(name, out var known))
        {
            return known;
        }

        var value = _parameters.LastOrDefault(pair => pair.Key == name).Value;
        _parameters.RemoveAll(pair => pair.Key == name);
        _taken[name] = value;
        return value;
    }

    /// <summary>Says that there is a parameter of which no one asked.</summary>
    /// <exception cref="FormatException">There is one; the message names it and those that are known.</exception>
    public void RefuseOthers()
    {
        if (_parameters is [{ Key: var unknown }, ..])
        {
            throw new FormatException($"parameter '{unknown}' is not known; known: {string.Join(", ", _taken.Keys)}"
                + NearestName.Hint(unknown, _taken.Keys));
        }
    }

    /// <summary>Takes a whole number out.</summary>
    /// <exception cref="FormatException">It is not one, or out of the range.</exception>
    public int TakeInteger(string name, int absent, int min, int max)
    {
        var text = Take(name);
        if (text is null)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new FormatException($"'{name}' must be a whole number from {min} to {max}, found '{text}'");
    }

    /// <summary>Takes a number of bytes out.</summary>
    /// <exception cref="FormatException">It is not a whole number, or out of the range.</exception>
    public long TakeBytes(string name, long absent, long min, long max)
    {
        var text = Take(name);
        if (text is null)
        {
            return absent;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new FormatException($"'{name}' must be bytes from {min} to {max}, found '{text}'");
    }

    /// <summary>Takes seconds out, which may have a fraction; from above 0 to 3600.</summary>
    /// <exception cref="FormatException">It is not a number, or out of the range.</exception>
    public TimeSpan TakeSeconds(string name, TimeSpan absent)
    {
        var text = Take(name);
        if (text is null)
        {
            return absent;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"'{name}' must be seconds from above 0 to 3600, found '{text}'");
    }

    /// <summary>Takes a truth value out, written as Python or JSON does; a bare name is true.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public bool TakeBool(string name, bool absent)
    {
        var text = Take(name);
        return text?.ToLowerInvariant() switch
        {
            null => absent,
            "" or "true" or "1" or "yes" => true,
            "false" or "0" or "no" => false,
            _ => throw new FormatException($"'{name}' must be true or false, found '{text}'"),
        };
    }

    /// <summary>Takes one of several words out; the first where it is not there.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public string TakeWord(string name, params string[] words) => TakeOptionalWord(name, words) ?? words[0];

    /// <summary>Takes one of several words out, or null.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public string? TakeOptionalWord(string name, params string[] words)
    {
        var text = Take(name);
        return text is null || words.Contains(text)
            ? text
            : throw new FormatException(
                $"'{name}' must be one of {string.Join(", ", words)}, found '{text}'{NearestName.Hint(text, words)}");
    }
}
