namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>A statement.</summary>
internal abstract record Statement;

/// <summary>A column of a SELECT.</summary>
internal sealed record SelectField(Expression Expression, string? Alias);

/// <summary>Where a SELECT reads from.</summary>
internal abstract record Source;

/// <summary>A measurement by name or pattern, optionally of one database.</summary>
internal sealed record MeasurementSource(string? Database, string? Name, Pattern? Pattern) : Source
{
    /// <summary>Whether a measurement of that name is meant.</summary>
    public bool Matches(string measurement) => Pattern?.Matches(measurement) ?? Name == measurement;
}

/// <summary>The answer of another SELECT.</summary>
internal sealed record SubquerySource(SelectStatement Select) : Source;

/// <summary>What empty groups get.</summary>
internal enum FillKind
{
    /// <summary>null.</summary>
    Null,

    /// <summary>They are left out.</summary>
    None,

    /// <summary>The value of the group before.</summary>
    Previous,

    /// <summary>A straight line between the neighbours.</summary>
    Linear,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>What empty groups get, with the number where it is one.</summary>
internal readonly record struct Fill(FillKind Kind, double Value = 0);

/// <summary>Limits on rows and series; 0 is none.</summary>
internal readonly record struct Paging(int Limit, int Offset, int SeriesLimit, int SeriesOffset)
{
    /// <summary>The rows that are meant.</summary>
    public IEnumerable<T> Rows<T>(IEnumerable<T> rows) => Cut(rows, Limit, Offset);

    /// <summary>The series that are meant.</summary>
    public IEnumerable<T> Series<T>(IEnumerable<T> series) => Cut(series, SeriesLimit, SeriesOffset);

    private static IEnumerable<T> Cut<T>(IEnumerable<T> items, int limit, int offset)
    {
        var rest = offset > 0 ? items.Skip(offset) : items;
        return limit > 0 ? rest.Take(limit) : rest;
    }
}

/// <summary>SELECT.</summary>
internal sealed record SelectStatement(
    IReadOnlyList<SelectField> Fields,
    IReadOnlyList<Source> Sources,
    Expression? Condition,
    IReadOnlyList<Expression> Dimensions,
    Fill Fill,
    bool IsDescending,
    Paging Paging,
    TimeZoneInfo? Zone) : Statement;

/// <summary>What a SHOW lists.</summary>
internal enum ShowKind
{
    /// <summary>Databases.</summary>
    Databases,

    /// <summary>Retention policies.</summary>
    RetentionPolicies,

    /// <summary>Measurements.</summary>
    Measurements,

    /// <summary>Series keys.</summary>
    Series,

    /// <summary>Tag keys by measurement.</summary>
    TagKeys,

    /// <summary>Tag values by measurement.</summary>
    TagValues,

    /// <summary>Fields and their types by measurement.</summary>
    FieldKeys,
}

/// <summary>SHOW of any kind; <see cref="Keys"/> says which tag keys SHOW TAG VALUES means.</summary>
internal sealed record ShowStatement(
    ShowKind Kind,
    string? Database,
    IReadOnlyList<MeasurementSource> Sources,
    Predicate<string>? Keys,
    Expression? Condition,
    Paging Paging) : Statement;

/// <summary>A statement that is accepted and changes nothing, such as CREATE DATABASE.</summary>
internal sealed record AcceptedStatement : Statement;
