namespace Ops.Collectors.Notifications.Paths;

/// <summary>Bounds the work of one evaluation of a path.</summary>
internal sealed class PathRun
{
    /// <summary>The most values that an evaluation looks at; one that needs more finds nothing.</summary>
    public const int VisitsMax = 100_000;

    /// <summary>The longest text or list that an operation makes; a longer one is not made.</summary>
    public const int MadeLengthMax = 65_536;

    private int _visits;

    public bool IsExhausted => _visits >= VisitsMax;

    /// <summary>Counts a value; false when no more may be looked at.</summary>
    public bool Visit() => _visits < VisitsMax && ++_visits < VisitsMax;
}
