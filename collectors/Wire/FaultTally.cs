namespace Ops.Collectors.Wire;

/// <summary>Counts what was refused and keeps the first few different reasons. Not safe for concurrent use.</summary>
internal sealed class FaultTally
{
    /// <summary>The most reasons that are kept.</summary>
    public const int ReasonsMax = 8;

    private readonly List<string> _reasons = [];

    /// <summary>How much was refused.</summary>
    public long Count { get; private set; }

    /// <summary>The reasons, with semicolons between; null where nothing was refused.</summary>
    public string? Text => _reasons.Count == 0 ? null : string.Join("; ", _reasons);

    /// <summary>Counts a refusal.</summary>
    public void Add(string reason, long count = 1)
    {
        Count += count;
        if (_reasons.Count < ReasonsMax && !_reasons.Contains(reason))
        {
            _reasons.Add(reason);
        }
    }
}
