using System.Globalization;

namespace Ops.Collectors.Expressions;

/// <summary>Reads the expressions that dynamic pollsters write, a safe part of Python's.</summary>
/// <remarks>
/// <code>
/// expression = either [ "if" either "else" expression ]
/// either     = both { "or" both }          both = negated { "and" negated }
/// negated    = [ "not" ] compared          compared = sum { ( "==" | "!=" | "&lt;" | "in" | "is" ... ) sum }
/// sum        = product { ( "+" | "-" ) product }
/// product    = signed { ( "*" | "/" | "//" | "%" ) signed }
/// signed     = [ "-" | "+" ] power         power = postfix [ "**" signed ]
/// postfix    = atom { "[" index or slice "]" | "." method "(" arguments ")" }
/// atom       = number | text | True | False | None | name | function "(" arguments ")" | "(" ... ")"
///            | "[" list or comprehension "]" | "{" mapping "}"
/// </code>
/// </remarks>
internal sealed partial class ExpressionParser
{
    private const int DepthMax = 60;
    private const int NodesMax = 2_000;

    private static readonly string[] Words =
        ["and", "or", "not", "in", "is", "if", "else", "for", "lambda", "True", "False", "None"];

    private readonly List<ExpressionToken> _tokens;
    private readonly HashSet<string> _names;
    private int _at;
    private int _depth;
    private int _nodes;

    private ExpressionParser(string text, IEnumerable<string> names)
    {
        _tokens = ExpressionLexer.Split(text);
        _names = new HashSet<string>(names, StringComparer.Ordinal);
    }

    private ExpressionToken Here => _tokens[_at];

    /// <summary>Reads a whole text; names are those that have a value.</summary>
    public static ExpressionNode Read(string text, IEnumerable<string> names)
    {
        var parser = new ExpressionParser(text, names);
        var node = parser.Expression();
        return parser.Here.Kind == TokenKind.End
            ? node
            : throw parser.Fault($"{Shown(parser.Here)} is not allowed here{RefusedWords.Hint(parser.Here.Text)}");
    }

    private ExpressionNode Expression()
    {
        if (++_depth > DepthMax || ++_nodes > NodesMax)
        {
            throw Fault($"is nested deeper than {DepthMax} levels or has more than {NodesMax} parts");
        }

        if (IsWord("lambda"))
        {
            throw Fault("a lambda is only allowed as the first argument of map and filter");
        }

        var then = Either();
        if (TakeWord("if"))
        {
            var test = Either();
            ExpectWord("else");
            then = new ConditionalNode(test, then, Expression());
        }

        _depth--;
        return then;
    }

    private ExpressionNode Either()
    {
        var left = Both();
        while (TakeWord("or"))
        {
            left = new EitherNode(false, left, Both());
        }

        return left;
    }

    private ExpressionNode Both()
    {
        var left = Negated();
        while (TakeWord("and"))
        {
            left = new EitherNode(true, left, Negated());
        }

        return left;
    }

    private ExpressionNode Negated()
    {
        if (!TakeWord("not"))
        {
            return Compared();
        }

        Deeper();
        var node = new NotNode(Negated());
        _depth--;
        return node;
    }

    private ExpressionNode Compared()
    {
        var first = Sum();
        var rest = new List<(string, ExpressionNode)>();
        while (Comparison() is { } sign)
        {
            rest.Add((sign, Sum()));
        }

        return rest.Count == 0 ? first : new ComparisonNode(first, rest);
    }

    private string? Comparison()
    {
        if (Here is { Kind: TokenKind.Sign, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            return _tokens[_at++].Text;
        }

        if (TakeWord("in"))
        {
            return "in";
        }

        if (TakeWord("is"))
        {
            return TakeWord("not") ? "is not" : "is";
        }

        if (IsWord("not") && _tokens[_at + 1] is { Kind: TokenKind.Name, Text: "in" })
        {
            _at += 2;
            return "not in";
        }

        return null;
    }

    private ExpressionNode Sum()
    {
        var left = Product();
        while (Here is { Kind: TokenKind.Sign, Text: "+" or "-" })
        {
            left = Operator(_tokens[_at++].Text, left, Product());
        }

        return left;
    }

    private ExpressionNode Product()
    {
        var left = Signed();
        while (Here is { Kind: TokenKind.Sign, Text: "*" or "/" or "//" or "%" })
        {
            left = Operator(_tokens[_at++].Text, left, Signed());
        }

        return left;
    }

    private OperatorNode Operator(string sign, ExpressionNode left, ExpressionNode right) =>
        ++_nodes > NodesMax
            ? throw Fault($"has more than {NodesMax} parts")
            : new OperatorNode(sign, left, right);

    private ExpressionNode Signed()
    {
        if (Here is not { Kind: TokenKind.Sign, Text: "-" or "+" })
        {
            return Power();
        }

        Deeper();
        var isNegative = _tokens[_at++].Text == "-";
        var inner = Signed();
        _depth--;
        return isNegative ? new NegativeNode(inner) : inner;
    }

    private ExpressionNode Power()
    {
        var left = Postfix();
        if (!Take("**"))
        {
            return left;
        }

        Deeper();
        var node = new OperatorNode("**", left, Signed());
        _depth--;
        return node;
    }

    private ExpressionNode Postfix()
    {
        var node = Atom();
        while (true)
        {
            if (++_nodes > NodesMax)
            {
                throw Fault($"has more than {NodesMax} parts");
            }

            if (Take("["))
            {
                node = Index(node);
            }
            else if (Take("."))
            {
                node = Method(node);
            }
            else
            {
                return node;
            }
        }
    }

    private ExpressionNode Index(ExpressionNode owner)
    {
        var from = Here.Text == ":" && Here.Kind == TokenKind.Sign ? null : Expression();
        if (Take("]"))
        {
            return new IndexNode(owner, from!);
        }

        Expect(":");
        var to = Here.Text is ":" or "]" && Here.Kind == TokenKind.Sign ? null : Expression();
        var step = Take(":") && !(Here.Kind == TokenKind.Sign && Here.Text == "]") ? Expression() : null;
        Expect("]");
        return new SliceNode(owner, from, to, step);
    }

    private MethodNode Method(ExpressionNode owner)
    {
        var name = Here;
        if (name.Kind != TokenKind.Name || !ValueMethods.Names.Contains(name.Text))
        {
            throw Fault(Next(_at + 1, "(")
                ? $"method '{name.Text}' is not allowed; allowed: {string.Join(", ", ValueMethods.Names)}"
                    + RefusedWords.Hint(name.Text) + NearestHint(name.Text, ValueMethods.Names)
                : $"'.{name.Text}' is not allowed: write ['{name.Text}'] for a key");
        }

        _at++;
        Expect("(");
        return new MethodNode(owner, name.Text, Arguments(allowsLambda: false));
    }

    private static string NearestHint(string name, IReadOnlyList<string> names) =>
        Ops.Model.NearestName.Hint(name, names);

    private static ConstantNode Constant(ExpressionToken token)
    {
        if (token.Kind == TokenKind.Whole
            && long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            return new ConstantNode(whole);
        }

        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new ConstantNode(number)
            : throw new ExpressionSyntaxException(token.At, $"'{token.Text}' is not a number");
    }
}
