namespace Ops.Collectors.Notifications.Paths;

/// <summary>The kinds of words that a path is made of.</summary>
internal enum PathTokenKind
{
    /// <summary>The end of the path.</summary>
    End,

    /// <summary>A name, bare or quoted.</summary>
    Name,

    /// <summary>A whole number or one with a fraction.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Truth,

    /// <summary>What stands between back-quotes, such as <c>len</c> or <c>split(., 0, -1)</c>.</summary>
    Operation,

    /// <summary><c>where</c>.</summary>
    Where,

    /// <summary><c>= == != &lt; &lt;= &gt; &gt;= ~</c>.</summary>
    Comparison,

    /// <summary>One of <c>* . .. [ ] ( ) $ , : | &amp; ? @ + - / \</c>.</summary>
    Sign,
}

/// <summary>A word of a path.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says, without quotes.</param>
/// <param name="At">Where it begins, from 1.</param>
internal readonly record struct PathToken(PathTokenKind Kind, string Text, int At)
{
    public bool Is(string sign) => Kind == PathTokenKind.Sign && Text == sign;

    public override string ToString() => Kind == PathTokenKind.End ? "the end" : $"'{Text}'";
}
