namespace Ops.Rca.Templates.Conditions;

/// <summary>Splits a condition into tokens.</summary>
/// <remarks>
/// A word is letters, digits and underscores. A label stands in brackets between white space. An operator is a word of
/// its own with white space around it (NOT: behind it), or <c>&amp; | ~</c>.
/// </remarks>
internal static class ConditionLexer
{
    /// <summary>Splits; anything that is no token becomes <see cref="ConditionTokenKind.Stray"/>.</summary>
    public static List<ConditionToken> Split(string text)
    {
        var tokens = new List<ConditionToken>();
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            var token = c switch
            {
                '(' => new ConditionToken(ConditionTokenKind.Open, "(", at),
                ')' => new ConditionToken(ConditionTokenKind.Close, ")", at),
                '[' => Label(text, at),
                '&' => new ConditionToken(ConditionTokenKind.And, "&", at),
                '|' => new ConditionToken(ConditionTokenKind.Or, "|", at),
                '~' => new ConditionToken(ConditionTokenKind.Not, "~", at),
                _ when IsWordChar(c) => Word(text, at),
                _ => new ConditionToken(ConditionTokenKind.Stray, c.ToString(), at),
            };
            tokens.Add(token);
            at += token.Kind == ConditionTokenKind.Label ? text.IndexOf(']', at) + 1 - at : token.Text.Length;
        }

        tokens.Add(new ConditionToken(ConditionTokenKind.End, "", text.Length));
        return tokens;
    }

    private static ConditionToken Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsWordChar(text[end]))
        {
            end++;
        }

        var word = text[at..end];
        return new ConditionToken(
            word switch
            {
                "and" or "AND" => ConditionTokenKind.And,
                "or" or "OR" => ConditionTokenKind.Or,
                "not" or "NOT" => ConditionTokenKind.Not,
                _ => ConditionTokenKind.Word,
            },
            word, at);
    }

    private static ConditionToken Label(string text, int at)
    {
        var close = text.IndexOf(']', at);
        var label = close < 0 ? "" : text[(at + 1)..close].Trim();
        return label.Length > 0 && label.All(IsWordChar) && SpaceAt(text, at - 1) && SpaceAt(text, close + 1)
            ? new ConditionToken(ConditionTokenKind.Label, label, at)
            : new ConditionToken(ConditionTokenKind.Stray, "[", at);
    }

    /// <summary>Whether an operator word has the white space it needs.</summary>
    public static bool IsApart(string text, ConditionToken token) =>
        !char.IsLetter(token.Text[0])
        || (SpaceAt(text, token.At + token.Text.Length)
            && (token.Kind == ConditionTokenKind.Not || SpaceAt(text, token.At - 1)));

    private static bool SpaceAt(string text, int at) => at < 0 || at >= text.Length || char.IsWhiteSpace(text[at]);

    private static bool IsWordChar(char c) => char.IsLetterOrDigit(c) || c == '_';
}
