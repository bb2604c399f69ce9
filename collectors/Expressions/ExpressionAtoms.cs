namespace Ops.Collectors.Expressions;

/// <content>The atoms: names, calls, lists, mappings, comprehensions and texts.</content>
internal sealed partial class ExpressionParser
{
    private ExpressionNode Atom()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Whole or TokenKind.Number:
                _at++;
                return Constant(token);
            case TokenKind.Text:
                return Texts();
            case TokenKind.Name:
                return Name(token);
            case TokenKind.Sign when token.Text == "(":
                _at++;
                return Parenthesis();
            case TokenKind.Sign when token.Text == "[":
                _at++;
                return List();
            case TokenKind.Sign when token.Text == "{":
                _at++;
                return Map();
            case TokenKind.End:
                throw Fault("a value is missing at the end");
            default:
                throw Fault($"a value is wanted, found {Shown(token)}");
        }
    }

    private ExpressionNode Texts()
    {
        var parts = new List<ExpressionNode>();
        while (Here.Kind == TokenKind.Text)
        {
            var token = _tokens[_at++];
            if (token.IsFormat)
            {
                Format(token, parts);
            }
            else
            {
                parts.Add(new ConstantNode(token.Text));
            }
        }

        return parts.Count == 1 && parts[0] is ConstantNode ? parts[0] : new FormatNode(parts);
    }

    /// <summary>The texts and expressions of an f-string; a format may follow after a colon.</summary>
    private void Format(ExpressionToken token, List<ExpressionNode> parts)
    {
        var text = token.Text;
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add(new ConstantNode(text[at..]));
                return;
            }

            parts.Add(new ConstantNode(text[at..open]));
            var close = text.IndexOf('}', open);
            if (close < 0 || (open + 1 < text.Length && text[open + 1] == '{'))
            {
                throw new ExpressionSyntaxException(token.At, "the braces of the f-string do not match");
            }

            var inside = text[(open + 1)..close];
            var colon = inside.LastIndexOf(':');
            var format = colon >= 0 && !inside[colon..].Contains(']') ? inside[(colon + 1)..] : null;
            Deeper();
            var value = Read(format is null ? inside : inside[..colon], _names);
            _depth--;
            parts.Add(format is null
                ? value
                : new MethodNode(new ConstantNode($"{{:{format}}}"), "format", [value]));
            at = close + 1;
        }
    }

    private ExpressionNode Name(ExpressionToken token)
    {
        _at++;
        switch (token.Text)
        {
            case "True": return new ConstantNode(true);
            case "False": return new ConstantNode(false);
            case "None": return new ConstantNode(null);
        }

        if (Take("("))
        {
            if (!ValueFunctions.Names.Contains(token.Text))
            {
                throw new ExpressionSyntaxException(
                    token.At,
                    $"function '{token.Text}' is not allowed; allowed: {string.Join(", ", ValueFunctions.Names)}"
                    + RefusedWords.Hint(token.Text) + NearestHint(token.Text, ValueFunctions.Names));
            }

            return new CallNode(token.Text, token.Text == "isinstance"
                ? KindArguments()
                : Arguments(allowsLambda: token.Text is "map" or "filter"));
        }

        if (_names.Contains(token.Text) && !Words.Contains(token.Text))
        {
            return new NameNode(token.Text);
        }

        var known = string.Join(", ", _names.Order(StringComparer.Ordinal));
        throw new ExpressionSyntaxException(
            token.At,
            $"name '{token.Text}' is not known; known: {known}"
            + RefusedWords.Hint(token.Text) + NearestHint(token.Text, [.. _names]));
    }

    /// <summary>What <c>map</c> applies may be a function's name, as in <c>map(int, value)</c>.</summary>
    private List<ExpressionNode> Arguments(bool allowsLambda)
    {
        var arguments = new List<ExpressionNode>();
        if (Loops() is { } names)
        {
            return [Inside(names, () => Comprehension(null, Expression(), ")"))];
        }

        while (!Take(")"))
        {
            if (arguments.Count == 0 && allowsLambda && TakeWord("lambda"))
            {
                arguments.Add(Lambda());
            }
            else if (arguments.Count == 0 && allowsLambda && Here.Kind == TokenKind.Name && Next(_at + 1, ",")
                && ValueFunctions.Names.Contains(Here.Text) && !_names.Contains(Here.Text))
            {
                arguments.Add(new LambdaNode("_", new CallNode(_tokens[_at++].Text, [new NameNode("_")])));
            }
            else
            {
                arguments.Add(Expression());
            }

            if (!Take(","))
            {
                Expect(")");
                return arguments;
            }
        }

        return arguments;
    }

    private List<ExpressionNode> KindArguments()
    {
        var value = Expression();
        Expect(",");
        var kinds = new List<ExpressionNode>();
        var several = Take("(");
        do
        {
            kinds.Add(new ConstantNode(Here.Text));
            _at++;
        }
        while (several && Take(",") && Here.Kind == TokenKind.Name);
        if (several)
        {
            Expect(")");
        }

        Expect(")");
        return [value, several ? new ListNode(kinds) : kinds[0]];
    }

    private LambdaNode Lambda()
    {
        var name = NewName();
        Expect(":");
        return new LambdaNode(name, Inside([name], Expression));
    }

    private ExpressionNode Parenthesis()
    {
        var items = new List<ExpressionNode>();
        if (Loops() is { } names)
        {
            return Inside(names, () => Comprehension(null, Expression(), ")"));
        }

        while (!Take(")"))
        {
            items.Add(Expression());
            if (!Take(","))
            {
                Expect(")");
                return items.Count == 1 ? items[0] : new ListNode(items);
            }
        }

        return new ListNode(items);
    }

    private ExpressionNode List()
    {
        var items = new List<ExpressionNode>();
        if (Loops() is { } names)
        {
            return Inside(names, () => Comprehension(null, Expression(), "]"));
        }

        while (!Take("]"))
        {
            items.Add(Expression());
            if (!Take(","))
            {
                Expect("]");
                break;
            }
        }

        return new ListNode(items);
    }

    private ExpressionNode Map()
    {
        var members = new List<(ExpressionNode, ExpressionNode)>();
        if (Loops() is { } names)
        {
            return Inside(names, () =>
            {
                var key = Expression();
                Expect(":");
                return Comprehension(key, Expression(), "}");
            });
        }

        while (!Take("}"))
        {
            var key = Expression();
            Expect(":");
            members.Add((key, Expression()));
            if (!Take(","))
            {
                Expect("}");
                break;
            }
        }

        return new MapNode(members);
    }
}
