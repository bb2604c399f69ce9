namespace Ops.Collectors.Expressions;

/// <content>Comprehensions, and taking words one by one.</content>
internal sealed partial class ExpressionParser
{
    /// <summary>
    /// The names that the loops of the bracket just opened bring, which the item before them already sees; null where
    /// it has no loop.
    /// </summary>
    private List<string>? Loops()
    {
        List<string>? names = null;
        var level = 0;
        for (var at = _at; at < _tokens.Count && level >= 0; at++)
        {
            var token = _tokens[at];
            level += token switch
            {
                { Kind: TokenKind.Sign, Text: "(" or "[" or "{" } => 1,
                { Kind: TokenKind.Sign, Text: ")" or "]" or "}" } => -1,
                _ => 0,
            };
            if (level != 0 || token is not { Kind: TokenKind.Name, Text: "for" })
            {
                continue;
            }

            names ??= [];
            for (at++; at < _tokens.Count && _tokens[at] is not { Kind: TokenKind.Name, Text: "in" }; at++)
            {
                if (_tokens[at].Kind == TokenKind.Name)
                {
                    names.Add(_tokens[at].Text);
                }
                else if (_tokens[at].Kind == TokenKind.End)
                {
                    break;
                }
            }
        }

        return names;
    }

    private ComprehensionNode Comprehension(ExpressionNode? key, ExpressionNode item, string end)
    {
        var loops = new List<ComprehensionLoop>();
        while (TakeWord("for"))
        {
            var names = new List<string> { NewName() };
            while (Take(","))
            {
                names.Add(NewName());
            }

            ExpectWord("in");
            var items = Either();
            var tests = new List<ExpressionNode>();
            while (TakeWord("if"))
            {
                tests.Add(Either());
            }

            loops.Add(new ComprehensionLoop(names, items, tests));
        }

        Expect(end);
        return new ComprehensionNode(key, item, loops);
    }

    private T Inside<T>(IReadOnlyList<string> names, Func<T> read)
    {
        var added = names.Where(_names.Add).ToList();
        var node = read();
        _names.ExceptWith(added);
        return node;
    }

    private string NewName()
    {
        var token = Here;
        if (token.Kind != TokenKind.Name || Words.Contains(token.Text))
        {
            throw Fault($"a name is wanted, found {Shown(token)}");
        }

        _at++;
        return token.Text;
    }

    private void Deeper()
    {
        if (++_depth > DepthMax)
        {
            throw Fault($"is nested deeper than {DepthMax} levels");
        }
    }

    private bool IsWord(string word) => Here.Kind == TokenKind.Name && Here.Text == word;

    private bool TakeWord(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word))
        {
            throw Fault($"'{word}' is wanted, found {Shown(Here)}");
        }
    }

    private bool Next(int at, string sign) =>
        at < _tokens.Count && _tokens[at].Kind == TokenKind.Sign && _tokens[at].Text == sign;

    private bool Take(string sign)
    {
        if (!Next(_at, sign))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Fault($"'{sign}' is wanted, found {Shown(Here)}{RefusedWords.Hint(Here.Text)}");
        }
    }

    private ExpressionSyntaxException Fault(string message) => new(Here.At, message);

    private static string Shown(ExpressionToken token) =>
        token.Kind == TokenKind.End ? "the end" : $"'{token.Text}'";
}
