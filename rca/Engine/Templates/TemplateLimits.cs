namespace Ops.Rca.Templates;

/// <summary>The named limits on what a template may hold; past one it is refused with a message.</summary>
public static class TemplateLimits
{
    /// <summary>Characters of one condition.</summary>
    public const int ConditionCharsMax = 65_536;

    /// <summary>Parentheses and negations within each other in one condition.</summary>
    public const int ConditionDepthMax = 100;

    /// <summary>
    /// Clauses of one scenario, after the condition was multiplied out and equivalences were applied.
    /// </summary>
    public const int ClausesMax = 1024;

    /// <summary>Terms in all clauses of one scenario together.</summary>
    public const int LiteralsMax = 100_000;

    /// <summary>Scenarios of one template.</summary>
    public const int ScenariosMax = 20_000;

    /// <summary>Entities, and relationships, of one template.</summary>
    public const int DefinitionsMax = 20_000;

    /// <summary>Faults that are reported for one file; further ones are left out.</summary>
    public const int FaultsMax = 1000;

    /// <summary>Faults of one file that look for the nearest name, which is not free.</summary>
    public const int HintsMax = 100;

    /// <summary>Characters of one regular expression.</summary>
    public const int PatternCharsMax = 4096;

    /// <summary>How long one match may take where the expression can only be matched by backtracking.</summary>
    public static readonly TimeSpan PatternTimeMax = TimeSpan.FromMilliseconds(50);
}
