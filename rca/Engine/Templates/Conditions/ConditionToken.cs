namespace Ops.Rca.Templates.Conditions;

/// <summary>What a token of a condition is.</summary>
internal enum ConditionTokenKind
{
    Word,
    Label,
    And,
    Or,
    Not,
    Open,
    Close,
    Stray,
    End,
}

/// <summary>A token of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; a label without its brackets.</param>
/// <param name="At">Place in the condition, from 0.</param>
internal readonly record struct ConditionToken(ConditionTokenKind Kind, string Text, int At)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place => Kind == ConditionTokenKind.End ? "at its end" : $"'{Text}' at character {At + 1}";
}
