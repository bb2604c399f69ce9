namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>An expression of a statement.</summary>
internal abstract record Expression;

/// <summary>Which kind of column a name means.</summary>
internal enum ColumnCast
{
    /// <summary>A field where there is one of that name, else a tag.</summary>
    Any,

    /// <summary>A field.</summary>
    Field,

    /// <summary>A tag.</summary>
    Tag,
}

/// <summary>A field, a tag or <c>time</c>.</summary>
internal sealed record ColumnName(string Name, ColumnCast Cast) : Expression;

/// <summary>A number.</summary>
internal sealed record NumberLiteral(double Value, bool IsInteger) : Expression;

/// <summary>A text in single quotes.</summary>
internal sealed record TextLiteral(string Value) : Expression;

/// <summary>A duration in nanoseconds.</summary>
internal sealed record DurationLiteral(long Ns) : Expression;

/// <summary>A point in time that was worked out, in nanoseconds.</summary>
internal sealed record TimeLiteral(long Ns) : Expression;

/// <summary>true or false.</summary>
internal sealed record TruthLiteral(bool Value) : Expression;

/// <summary>A pattern between slashes.</summary>
internal sealed record RegexLiteral(Pattern Pattern) : Expression;

/// <summary><c>*</c>, <c>*::field</c> or <c>*::tag</c>.</summary>
internal sealed record Wildcard(ColumnCast Cast) : Expression;

/// <summary>A function of arguments; the name is lower case.</summary>
internal sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>Two sides with an operator between: arithmetic, comparison, AND, OR.</summary>
internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;
