namespace Ops.Storage.InfluxQl;

/// <summary>The answer to a query: one result a statement, or a fault of the whole text.</summary>
/// <param name="Results">In order of the statements.</param>
/// <param name="Error">Why the text cannot be read; to be sent with status 400. Null when it can.</param>
public sealed record InfluxQlAnswer(IReadOnlyList<StatementResult> Results, string? Error = null);

/// <summary>The answer to one statement.</summary>
/// <param name="Series">The series found; null where the statement has no answer.</param>
/// <param name="Error">Why it cannot be answered, or null.</param>
/// <param name="Zone">The zone that times are written in; null is UTC.</param>
public sealed record StatementResult(
    IReadOnlyList<ResultSeries>? Series, string? Error = null, TimeZoneInfo? Zone = null);

/// <summary>A table of an answer.</summary>
/// <param name="Name">The measurement, or null.</param>
/// <param name="Tags">The group's tags by name, or null.</param>
/// <param name="Columns">Column names.</param>
/// <param name="Rows">Rows, as wide as the columns.</param>
public sealed record ResultSeries(
    string? Name,
    IReadOnlyList<KeyValuePair<string, string>>? Tags,
    IReadOnlyList<string> Columns,
    IReadOnlyList<Cell[]> Rows);
