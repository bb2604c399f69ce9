namespace Ops.Collectors.Datasources;

/// <summary>What datasource files may do.</summary>
public sealed record DatasourceOptions
{
    /// <summary>Whether <c>host_command</c> and <c>reach: {command: ...}</c> may run programs; default false.</summary>
    public bool AllowHostCommands { get; init; }

    /// <summary>The most pages one listing is followed for; default 1000.</summary>
    public int PagesMax { get; init; } = 1000;

    /// <summary>The most entries one listing may have; default 200 000.</summary>
    public int EntriesMax { get; init; } = 200_000;
}
