using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>A dynamic pollster of Ceilometer's, or one of the extra metadata fields of another.</summary>
internal sealed record DynamicPollsterDefinition
{
    public required string Name { get; init; }

    public MeterKind Kind { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>Of a whole entry; of a member of the list in a multi-metric pollster.</summary>
    public required Extract Value { get; init; }

    /// <summary>The list of a multi-metric pollster, or null.</summary>
    public string? ListKey { get; init; }

    /// <summary>The attribute in the braces of a multi-metric pollster's name, or null.</summary>
    public string? NameKey { get; init; }

    public required Listing Listing { get; init; }

    /// <summary>The path or command as an expression over <c>sample</c>; null where it is plain text.</summary>
    public Extract? PathExpression { get; init; }

    /// <summary>Metadata in the order of the file, by the text that names it.</summary>
    public IReadOnlyDictionary<string, Extract> Metadata { get; init; } = new Dictionary<string, Extract>();

    public IReadOnlyDictionary<string, string> MetadataMapping { get; init; } = new Dictionary<string, string>();

    public bool PreservesMapped { get; init; } = true;

    public IReadOnlyList<object?> SkipValues { get; init; } = [];

    public IReadOnlyDictionary<string, object?> ValueMapping { get; init; } = new Dictionary<string, object?>();

    public object? DefaultValue { get; init; } = -1L;

    /// <summary>Where the user is; null where <c>user_id</c> is taken if it is there.</summary>
    public Extract? UserId { get; init; }

    public Extract? ProjectId { get; init; }

    public Extract? ResourceId { get; init; }

    public IReadOnlyList<DynamicPollsterDefinition> ExtraMetadata { get; init; } = [];

    /// <summary>How long an answer for extra metadata is kept; zero for not at all.</summary>
    public TimeSpan ExtraMetadataCache { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Entries with all values of one of these get no extra metadata.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> ExtraMetadataSkip { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();
}
