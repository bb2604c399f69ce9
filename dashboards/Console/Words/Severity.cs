namespace Ops.Console.Words;

/// <summary>How bad something is, in the three grades that the console tells apart by colour and by shape.</summary>
public enum Severity
{
    /// <summary>Nothing is wrong. Green disc.</summary>
    Fine,

    /// <summary>Worth knowing. Blue disc.</summary>
    Info,

    /// <summary>Needs a look. Amber triangle.</summary>
    Warning,

    /// <summary>Needs a look now. Red octagon.</summary>
    Critical,
}

/// <summary>Brings the severity words of many monitors to <see cref="Severity"/>.</summary>
public static class Severities
{
    /// <summary>The grade of a severity word, in any case; an unknown word is a warning.</summary>
    public static Severity Of(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" or "SEVERE" or "FATAL" or "DISASTER" or "HIGH" or "ERROR" or "MAJOR" or "PAGE" or "DOWN" =>
            Severity.Critical,
        "OK" or "CLEARED" or "NORMAL" => Severity.Fine,
        "INFO" or "INFORMATION" or "INFORMATIONAL" or "NOTICE" or "LOW" or "N/A" or "NONE" or "UNKNOWN" =>
            Severity.Info,
        _ => Severity.Warning,
    };

    /// <summary>The grade of an entity's operational state; <see cref="Severity.Fine"/> where there is nothing to
    /// say.</summary>
    public static Severity OfState(string? operational, string? state) =>
        (operational?.ToUpperInvariant(), state?.ToUpperInvariant()) switch
        {
            ("ERROR" or "DELETED", _) or (_, "DOWN" or "ERROR" or "FAILED") => Severity.Critical,
            ("SUBOPTIMAL" or "TRANSIENT", _) or (_, "SUBOPTIMAL" or "DEGRADED") => Severity.Warning,
            _ => Severity.Fine,
        };

    /// <summary>The word in a class name and a label: <c>critical</c>, <c>warning</c>, <c>info</c>,
    /// <c>fine</c>.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        Severity.Info => "info",
        _ => "fine",
    };
}
