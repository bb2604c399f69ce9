using System.Diagnostics.CodeAnalysis;

namespace Ops.Pipeline.Expressions;

/// <summary>Compiles expressions of this grammar, which is the part of Python's that reads samples.</summary>
/// <remarks>
/// <code>
/// expression  = disjunction [ "if" disjunction "else" expression ]
/// disjunction = conjunction { "or" conjunction }
/// conjunction = negation { "and" negation }
/// negation    = "not" negation | comparison
/// comparison  = sum { ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=" ) sum }
/// sum         = product { ( "+" | "-" ) product }
/// product     = factor { ( "*" | "/" | "//" | "%" ) factor }
/// factor      = ( "+" | "-" ) factor | power
/// power       = primary [ "**" factor ]
/// primary     = atom { "." name | "[" expression "]" }
/// atom        = number | text | "True" | "False" | "None" | name | meter | "(" expression ")"
/// meter       = "$(" { letter | digit | "_" | "." | "-" } ")"       only in arithmetic over meters
/// </code>
/// </remarks>
internal sealed class ExpressionParser
{
    private static readonly string[] Keywords =
        ["and", "or", "not", "if", "else", "in", "is", "lambda", "for", "await", "yield", "import", "assert", "def"];

    private readonly ExpressionLexer _lexer;
    private readonly bool _overMeters;
    private readonly List<string> _meters = [];
    private ExpressionToken _token;
    private bool _variesBySample;
    private int _depth;
    private int _nodes;

    private ExpressionParser(string text, bool overMeters)
    {
        _lexer = new ExpressionLexer(text);
        _overMeters = overMeters;
        _token = _lexer.Next();
    }

    public static bool TryParse(
        string text,
        bool overMeters,
        [NotNullWhen(true)] out Expression? expression,
        [NotNullWhen(false)] out string? problem)
    {
        expression = null;
        if (text.Length > Expression.CharsMax)
        {
            problem = $"it has {text.Length} characters, at most {Expression.CharsMax} are allowed";
            return false;
        }

        try
        {
            var parser = new ExpressionParser(text, overMeters);
            var root = parser.Whole();
            expression = new Expression(text, root, parser._meters, parser._variesBySample);
            problem = null;
            return true;
        }
        catch (ExpressionSyntaxException fault)
        {
            problem = fault.Message;
            return false;
        }
    }

    private ExpressionNode Whole()
    {
        var root = Choice();
        return _token.Kind == TokenKind.End ? root : throw Unexpected("an operator or the end");
    }

    private ExpressionNode Choice()
    {
        if (++_depth > Expression.DepthMax)
        {
            throw new ExpressionSyntaxException(_token.Column, $"nested deeper than {Expression.DepthMax}");
        }

        var then = Disjunction();
        if (TakeWord("if"))
        {
            var when = Disjunction();
            if (!TakeWord("else"))
            {
                throw Unexpected("'else'");
            }

            then = Fold(new ChoiceNode(then, when, Choice()), isConstant: false);
        }

        _depth--;
        return then;
    }

    private ExpressionNode Disjunction()
    {
        var left = Conjunction();
        while (TakeWord("or"))
        {
            left = Fold(new ShortCircuitNode(left, Conjunction(), stopsAt: true), isConstant: false);
        }

        return left;
    }

    private ExpressionNode Conjunction()
    {
        var left = Negation();
        while (TakeWord("and"))
        {
            left = Fold(new ShortCircuitNode(left, Negation(), stopsAt: false), isConstant: false);
        }

        return left;
    }

    private ExpressionNode Negation()
    {
        if (!TakeWord("not"))
        {
            return Comparison();
        }

        Deeper();
        var of = Negation();
        _depth--;
        return Fold(new NotNode(of), of is ConstantNode);
    }

    private ExpressionNode Comparison()
    {
        var first = Sum();
        var signs = new List<ComparisonSign>();
        var rest = new List<ExpressionNode>();
        while (ComparisonOf(_token) is { } sign)
        {
            Take();
            signs.Add(sign);
            rest.Add(Sum());
        }

        return signs.Count == 0 ? first : Fold(new ComparisonNode(first, [.. signs], [.. rest]), isConstant: false);
    }

    private ExpressionNode Sum()
    {
        var left = Product();
        while (SignOf(_token) is { } sign and (ArithmeticSign.Add or ArithmeticSign.Subtract))
        {
            Take();
            left = Operation(sign, left, Product());
        }

        return left;
    }

    private ExpressionNode Product()
    {
        var left = Factor();
        while (SignOf(_token) is { } sign and
            (ArithmeticSign.Multiply or ArithmeticSign.Divide or ArithmeticSign.FloorDivide or ArithmeticSign.Modulo))
        {
            Take();
            left = Operation(sign, left, Factor());
        }

        return left;
    }

    private ExpressionNode Factor()
    {
        var negates = TakeSign("-");
        if (!negates && !TakeSign("+"))
        {
            return Power();
        }

        Deeper();
        var of = Factor();
        _depth--;
        return Fold(negates ? new NegateNode(of) : new PlusNode(of), of is ConstantNode);
    }

    private ExpressionNode Power()
    {
        var left = Primary();
        if (!TakeSign("**"))
        {
            return left;
        }

        Deeper();
        var right = Factor();
        _depth--;
        return Operation(ArithmeticSign.Power, left, right);
    }

    private ExpressionNode Primary()
    {
        var holder = Atom();
        while (true)
        {
            if (TakeSign("."))
            {
                var name = _token.Kind == TokenKind.Name ? Take() : throw Unexpected("a name");
                holder = Fold(
                    new MemberNode(holder, new ConstantNode(ExpressionValue.Of(name.Text))), holder is ConstantNode);
            }
            else if (TakeSign("["))
            {
                var key = Choice();
                Close("]");
                holder = Fold(new MemberNode(holder, key), isConstant: false);
            }
            else
            {
                return holder;
            }
        }
    }

    private ExpressionNode Atom()
    {
        if (TakeSign("("))
        {
            var inner = Choice();
            Close(")");
            return inner;
        }

        if (_token.Kind == TokenKind.Meter)
        {
            return Meter();
        }

        return _token.Kind switch
        {
            TokenKind.Number or TokenKind.Text => new ConstantNode(Take().Value),
            TokenKind.Name when !Keywords.Contains(_token.Text) => Name(Take()),
            _ => throw Unexpected("a value"),
        };
    }

    private ExpressionNode Name(ExpressionToken name)
    {
        if (_token is { Kind: TokenKind.Sign, Text: "(" })
        {
            throw new ExpressionSyntaxException(name.Column, $"'{name.Text}' is called, and nothing can be called");
        }

        switch (name.Text)
        {
            case "True": return new ConstantNode(ExpressionValue.Of(true));
            case "False": return new ConstantNode(ExpressionValue.Of(false));
            case "None": return new ConstantNode(ExpressionValue.Nothing);
        }

        return !_overMeters && SampleFields.TryFind(name.Text, out var field)
            ? Field(0, field)
            : new ConstantNode(ExpressionValue.Missing);
    }

    private ExpressionNode Meter()
    {
        if (!_overMeters)
        {
            throw new ExpressionSyntaxException(
                _token.Column, $"$({_token.Text}) names a meter, which only 'expr' of arithmetic may");
        }

        var index = _meters.IndexOf(_token.Text);
        if (index < 0)
        {
            index = _meters.Count;
            _meters.Add(_token.Text);
        }

        var namesField = _lexer.DotFollows;
        Take();
        if (!namesField)
        {
            return Field(index, SampleField.Volume);
        }

        Take();
        var name = _token.Kind == TokenKind.Name ? Take() : throw Unexpected("a name");
        return SampleFields.TryFind(name.Text, out var field)
            ? Field(index, field)
            : new ConstantNode(ExpressionValue.Missing);
    }

    private ExpressionNode Field(int index, SampleField field)
    {
        _variesBySample |= _overMeters || SampleFields.VariesBySample(field);
        return Fold(new FieldNode(index, field), isConstant: false);
    }

    private ExpressionNode Operation(ArithmeticSign sign, ExpressionNode left, ExpressionNode right) =>
        Fold(new OperationNode(sign, left, right), left is ConstantNode && right is ConstantNode);

    private ExpressionNode Fold(ExpressionNode node, bool isConstant)
    {
        if (++_nodes > Expression.NodesMax)
        {
            throw new ExpressionSyntaxException(_token.Column, $"more than {Expression.NodesMax} operations");
        }

        return isConstant ? new ConstantNode(node.Evaluate([])) : node;
    }

    private void Deeper()
    {
        if (++_depth > Expression.DepthMax)
        {
            throw new ExpressionSyntaxException(_token.Column, $"nested deeper than {Expression.DepthMax}");
        }
    }

    private ExpressionToken Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool TakeSign(string sign) => Take(TokenKind.Sign, sign);

    private bool TakeWord(string word) => Take(TokenKind.Name, word);

    private bool Take(TokenKind kind, string text)
    {
        if (_token.Kind != kind || _token.Text != text)
        {
            return false;
        }

        Take();
        return true;
    }

    private void Close(string sign)
    {
        if (!TakeSign(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    private ExpressionSyntaxException Unexpected(string expected) =>
        new(_token.Column, $"expected {expected}, found {_token.Describe()}");

    private static ComparisonSign? ComparisonOf(ExpressionToken token) => token.Sign switch
    {
        "<" => ComparisonSign.Less,
        "<=" => ComparisonSign.LessOrEqual,
        ">" => ComparisonSign.Greater,
        ">=" => ComparisonSign.GreaterOrEqual,
        "==" => ComparisonSign.Equal,
        "!=" => ComparisonSign.NotEqual,
        _ => null,
    };

    private static ArithmeticSign? SignOf(ExpressionToken token) => token.Sign switch
    {
        "+" => ArithmeticSign.Add,
        "-" => ArithmeticSign.Subtract,
        "*" => ArithmeticSign.Multiply,
        "/" => ArithmeticSign.Divide,
        "//" => ArithmeticSign.FloorDivide,
        "%" => ArithmeticSign.Modulo,
        "**" => ArithmeticSign.Power,
        _ => null,
    };
}
