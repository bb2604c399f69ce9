namespace Ops.Model;

/// <summary>What a question for events asks for.</summary>
public sealed record EventRequest
{
    /// <summary>A pattern such as <c>compute.instance.*</c>, or null for all.</summary>
    public string? Type { get; init; }

    /// <summary>From, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>To, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The most events, the newest; 1 to 10 000, default 1000.</summary>
    public int Limit { get; init; } = 1000;
}
