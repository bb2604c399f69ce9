using System.Globalization;
using Ops.Model;

namespace Ops.Server.Api;

/// <summary>
/// Reads typed values out of an address's parameters; the first fault is kept, values are defaults from then on.
/// </summary>
internal sealed class QueryParameters(IQueryCollection query)
{
    /// <summary>The first fault, or null.</summary>
    public ParameterFault? Fault { get; private set; }

    /// <summary>Faults for what is not among the allowed, given twice or too long; null when all is well.</summary>
    public static ParameterFault? Check(IQueryCollection query, IReadOnlyList<string> allowed)
    {
        foreach (var (name, values) in query)
        {
            if (!allowed.Contains(name))
            {
                var shown = name.Length > 100 ? name[..100] + "…" : name;
                var list = allowed.Count == 0 ? "none" : string.Join(", ", allowed);
                return new ParameterFault(
                    shown, $"unknown parameter '{shown}'; allowed: {list}{NearestName.Hint(shown, allowed)}");
            }

            if (values.Count > 1)
            {
                return new ParameterFault(name, $"parameter '{name}' is given {values.Count} times");
            }

            if (values[0]?.Length > ApiLimits.ParameterCharsMax)
            {
                return new ParameterFault(
                    name, $"parameter '{name}' is longer than {ApiLimits.ParameterCharsMax} characters");
            }
        }

        return null;
    }

    /// <summary>A text; absent or empty is null.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Report(name, $"parameter '{name}' is missing");
        return "";
    }

    /// <summary>One of several words; absent is the default.</summary>
    public string Word(string name, string absent, IReadOnlyCollection<string> allowed)
    {
        if (Text(name) is not { } word || allowed.Contains(word))
        {
            return Text(name) ?? absent;
        }

        Report(name, $"parameter '{name}' must be one of {string.Join(", ", allowed)}, found '{word}'"
            + NearestName.Hint(word, allowed));
        return absent;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Integer(string name, int absent, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return absent;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Report(name, $"parameter '{name}' must be a whole number from {min} to {max}, found '{text}'");
        return absent;
    }

    /// <summary>true or false; absent is null.</summary>
    public bool? Bool(string name)
    {
        switch (Text(name))
        {
            case null: return null;
            case "true" or "1": return true;
            case "false" or "0": return false;
            default:
                Report(name, $"parameter '{name}' must be true or false, found '{Text(name)}'");
                return null;
        }
    }

    /// <summary>A duration of at least <paramref name="min"/>; absent is null.</summary>
    public TimeSpan? Duration(string name, TimeSpan min)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Durations.TryParse(text, out var duration) && duration >= min)
        {
            return duration;
        }

        Report(name, $"parameter '{name}' must be a duration of at least {min.TotalSeconds:0.###}s such as 10s, 5m or "
            + $"1h, found '{text}'");
        return null;
    }

    /// <summary>
    /// A time: ISO 8601 (UTC without a zone), or a duration before now such as <c>-15m</c>; absent is null.
    /// </summary>
    public DateTimeOffset? Time(string name, DateTimeOffset now)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (text.StartsWith('-') && Durations.TryParse(text[1..], out var ago))
        {
            return now - ago;
        }

        // A plus in an address is a space unless it is escaped: '2026-01-02T03:04:05 01:00' was meant as +01:00.
        if (Timestamps.TryParseIso(text, out var instant)
            || (text.LastIndexOf(' ') > 10 && Timestamps.TryParseIso(text.Replace(' ', '+'), out instant)))
        {
            if (instant.TryToUnixNs(out _))
            {
                return instant;
            }

            Report(name, $"parameter '{name}' must lie between 1678 and 2261, found '{text}'");
            return null;
        }

        Report(name, $"parameter '{name}' must be a time such as 2026-01-02T03:04:05Z, or a duration before now such "
            + $"as -15m, found '{text}'");
        return null;
    }

    /// <summary>
    /// The range of <c>from</c> (default that long before its end) and <c>to</c> (default a moment after now, so that
    /// what just happened lies in it).
    /// </summary>
    public (DateTimeOffset From, DateTimeOffset To) Range(DateTimeOffset now, TimeSpan length)
    {
        var to = Time("to", now) ?? now.AddSeconds(1);
        var from = Time("from", now) ?? to - length;
        if (from >= to)
        {
            Report("from", $"parameter 'from' ({from.ToIso()}) must lie before 'to' ({to.ToIso()})");
        }

        return (from, to);
    }

    /// <summary>Reports a fault of a parameter.</summary>
    public void Report(string name, string message) => Fault ??= new ParameterFault(name, message);
}
