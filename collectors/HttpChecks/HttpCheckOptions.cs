namespace Ops.Collectors.HttpChecks;

/// <summary>Which web addresses are checked.</summary>
public sealed record HttpCheckOptions
{
    /// <summary><c>checks</c>: up to 1000; default none.</summary>
    public IReadOnlyList<HttpCheck> Checks { get; init; } = [];

    /// <summary><c>body_max_kb</c>: kilobytes of a body that are read and judged; default 1024, 1 to 65 536.</summary>
    public int BodyKilobytesMax { get; init; } = 1024;
}
