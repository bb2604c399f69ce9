namespace Ops.Collectors.Datasources;

/// <summary>One datasource of a file: a listing, the samples and the entities that its entries yield.</summary>
internal sealed record DatasourceDefinition
{
    public required string Name { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    public required Listing Listing { get; init; }

    public IReadOnlyList<SubListing> Each { get; init; } = [];

    public IReadOnlyList<SampleDefinition> Samples { get; init; } = [];

    public IReadOnlyList<EntityDefinition> Entities { get; init; } = [];

    public IReadOnlyList<NotificationDefinition> Notifications { get; init; } = [];
}

/// <summary>A request for each entry; its entries become a member of the entry.</summary>
/// <param name="Name">The member.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Listing">How.</param>
/// <param name="IsApart">Whether each thing that is listed makes an entry of its own, with it as the member.</param>
internal sealed record SubListing(string Name, Extract Path, Listing Listing, bool IsApart);

/// <summary>Notifications that change entities at once.</summary>
internal sealed record NotificationDefinition(
    IReadOnlyList<string> EventTypes, Extract? Entry, IReadOnlyList<EntityDefinition> Entities);
