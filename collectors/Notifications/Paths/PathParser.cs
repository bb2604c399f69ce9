using System.Globalization;
using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>Reads paths of the dialect that Ceilometer's definitions are written in (jsonpath-rw-ext 1.2).</summary>
/// <remarks>
/// <code>
/// path       = operand { ("+" | "-" | "*" | "/") path } | number ("+" | "-" | "*" | "/") path
/// operand    = step { "." step | ".." step | "|" step | "&amp;" step | "where" step } { brackets }
/// step       = names | "*" | "$" | "@" | "`" operation "`" | "(" path ")" | brackets
/// names      = name { "," name }
/// brackets   = "[" ( names | number | "*" | [number] ":" [number] | "?" filter | sort { sort } ) "]"
/// filter     = condition { "&amp;" condition } | "(" filter ")"
/// condition  = path [ comparison ( name | number | "true" | "false" ) ]
/// sort       = [","] ("/" | "\") path
/// operation  = "this" | "parent" | "len" | "sorted" | "split(c, n, n)" | "sub(/pattern/, replacement)"
/// </code>
/// Bindings, from loose to tight, are the library's own: arithmetic (to the right, without precedence), brackets,
/// <c>..</c>, <c>.</c>, <c>|</c>, <c>where</c>. So <c>a.b|c.d</c> is <c>a.(b|c).d</c>: alternatives need parentheses,
/// or a list. A lone name beside an arithmetic sign is a text.
/// </remarks>
internal sealed class PathParser
{
    /// <summary>How deep parentheses, filters and sorts may be nested.</summary>
    private const int DepthMax = 32;

    private const int AnyLevel = 0;
    private const int FieldListLevel = 3;

    private readonly List<PathToken> _tokens;
    private int _at;
    private int _depth;

    private PathParser(string path) => _tokens = PathLexer.Read(path);

    private PathToken Current => _tokens[_at];

    /// <exception cref="PathSyntaxException">The path does not follow the grammar.</exception>
    public static PathNode Parse(string path)
    {
        var parser = new PathParser(path);
        var node = parser.Path(AnyLevel);
        return parser.Current.Kind == PathTokenKind.End ? node : throw parser.Unexpected();
    }

    private PathNode Path(int level)
    {
        if (++_depth > DepthMax)
        {
            throw new PathSyntaxException($"nested deeper than {DepthMax} levels");
        }

        var start = Current;
        var left = start.Kind == PathTokenKind.Number && level <= AnyLevel ? Constant() : Step();
        left = Continue(left, level);
        _depth--;
        return left is ConstantNode && start.Kind == PathTokenKind.Number && !IsOperandPlace(start)
            ? throw new PathSyntaxException($"the number {start} at {start.At} selects nothing by itself")
            : left;
    }

    private PathNode Continue(PathNode left, int level)
    {
        while (true)
        {
            var token = Current;
            var tightness = Tightness(token);
            if (tightness > level && left is not ConstantNode)
            {
                _at++;
                left = Join(token, left, Path(tightness));
            }
            else if (level == AnyLevel && token.Is("[") && left is not ConstantNode)
            {
                left = new ChildNode(left, Brackets());
            }
            else if (level == AnyLevel && token.Kind == PathTokenKind.Sign && "+-*/".Contains(token.Text))
            {
                _at++;
                left = new ArithmeticNode(AsOperand(left), token.Text[0], AsOperand(Path(AnyLevel)));
            }
            else
            {
                return left;
            }
        }
    }

    private static int Tightness(PathToken token) => token.Kind == PathTokenKind.Where ? 8
        : token.Kind != PathTokenKind.Sign ? -1
        : token.Text switch { ".." => 4, "." => 5, "|" => 6, _ => -1 };

    private static PathNode Join(PathToken token, PathNode left, PathNode right) => token.Text switch
    {
        "." => new ChildNode(left, right),
        ".." => new DescendantsNode(left, right),
        "|" => new UnionNode(left, right),
        _ => new WhereNode(left, right),
    };

    /// <summary>Whether a number stands right beside an arithmetic sign.</summary>
    private bool IsOperandPlace(PathToken number)
    {
        var place = _tokens.IndexOf(number);
        return place > 0 && _tokens[place - 1] is { Kind: PathTokenKind.Sign, Text: "+" or "-" or "*" or "/" };
    }

    private static PathNode AsOperand(PathNode node) => node is FieldsNode { Names: [var name] }
        ? new ConstantNode(JsonSerializer.SerializeToElement(name))
        : node;

    private PathNode Step()
    {
        var token = Current;
        switch (token.Kind)
        {
            case PathTokenKind.Name:
                return new FieldsNode(Names());
            case PathTokenKind.Operation:
                _at++;
                return PathOperations.Read(token);
        }

        switch (token.Kind == PathTokenKind.Sign ? token.Text : "")
        {
            case "*":
                _at++;
                return new FieldsNode(["*"]);
            case "$":
                _at++;
                return new RootNode();
            case "@":
                _at++;
                return new ThisNode();
            case "[":
                return Brackets();
            case "(":
                _at++;
                var inner = Path(AnyLevel);
                Take(")");
                return inner;
            default:
                throw Unexpected();
        }
    }

    private List<string> Names()
    {
        var names = new List<string> { Current.Text };
        _at++;
        while (Current.Is(",") && _tokens[_at + 1].Kind == PathTokenKind.Name)
        {
            names.Add(_tokens[_at + 1].Text);
            _at += 2;
        }

        return names;
    }

    private PathNode Brackets()
    {
        Take("[");
        PathNode node;
        if (Current.Kind == PathTokenKind.Name)
        {
            node = new FieldsNode(Names());
        }
        else if (Current.Is("*"))
        {
            _at++;
            node = new SliceNode(null, null);
        }
        else if (Current.Is("?"))
        {
            _at++;
            node = new FilterNode(Filter());
        }
        else if (Current.Is("/") || Current.Is("\\") || Current.Is(","))
        {
            node = new SortedNode(Sorts());
        }
        else
        {
            node = Place();
        }

        Take("]");
        return node;
    }

    private PathNode Place()
    {
        var start = Index();
        if (!Current.Is(":"))
        {
            return start is { } index ? new IndexNode(index) : throw Unexpected();
        }

        _at++;
        return new SliceNode(start, Index());
    }

    private int? Index()
    {
        if (Current.Kind != PathTokenKind.Number)
        {
            return null;
        }

        if (!int.TryParse(Current.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            throw new PathSyntaxException($"the index {Current} at {Current.At} must be a whole number of 32 bits");
        }

        _at++;
        return index;
    }

    private List<(PathNode Path, bool IsDescending)> Sorts()
    {
        var keys = new List<(PathNode Path, bool IsDescending)>();
        while (!Current.Is("]"))
        {
            if (Current.Is(","))
            {
                _at++;
            }

            var isDescending = Current.Is("\\");
            if (!isDescending && !Current.Is("/"))
            {
                throw Unexpected();
            }

            _at++;
            keys.Add((Path(FieldListLevel), isDescending));
        }

        return keys;
    }

    private List<FilterCondition> Filter()
    {
        var conditions = new List<FilterCondition>();
        while (true)
        {
            conditions.AddRange(Current.Is("(") && TryParenthesis() is { } inner ? inner : [Condition()]);
            if (!Current.Is("&"))
            {
                return conditions;
            }

            _at++;
        }
    }

    /// <summary>Conditions in parentheses; null, and nothing read, where the parentheses are a path's.</summary>
    private List<FilterCondition>? TryParenthesis()
    {
        var start = _at;
        if (++_depth > DepthMax)
        {
            throw new PathSyntaxException($"nested deeper than {DepthMax} levels");
        }

        _at++;
        var inner = Filter();
        _depth--;
        Take(")");
        if (Current.Is("&") || Current.Is("]") || Current.Is(")"))
        {
            return inner;
        }

        _at = start;
        return null;
    }

    private FilterCondition Condition()
    {
        var target = Path(AnyLevel);
        if (Current.Kind != PathTokenKind.Comparison)
        {
            return new FilterCondition(target, null, default, null);
        }

        var comparison = Current.Text;
        _at++;
        if (comparison == "~")
        {
            var pattern = PythonPattern.Compile(Current.Text, isPrefix: true, out var fault);
            return Current.Kind != PathTokenKind.Name ? throw Unexpected()
                : pattern is null ? throw new PathSyntaxException(fault)
                : new FilterCondition(target, comparison, Constant(Current), pattern);
        }

        return new FilterCondition(target, comparison, Constant(Current), null);
    }

    private ConstantNode Constant() => new(Constant(Current));

    private JsonElement Constant(PathToken token)
    {
        if (token.Kind is not (PathTokenKind.Name or PathTokenKind.Number or PathTokenKind.Truth))
        {
            throw Unexpected();
        }

        _at++;
        return token.Kind switch
        {
            PathTokenKind.Name => JsonSerializer.SerializeToElement(token.Text),
            PathTokenKind.Truth => JsonElement.Parse(token.Text),
            _ => JsonElement.Parse(WithoutLeadingZeros(token.Text)),
        };
    }

    private static string WithoutLeadingZeros(string number)
    {
        var sign = number[0] == '-' ? "-" : "";
        var digits = number.AsSpan(sign.Length).TrimStart('0').ToString();
        return sign + (digits.Length == 0 || digits[0] == '.' ? "0" + digits : digits);
    }

    private void Take(string sign)
    {
        if (!Current.Is(sign))
        {
            throw Unexpected($", expected '{sign}'");
        }

        _at++;
    }

    private PathSyntaxException Unexpected(string expected = "") =>
        new($"unexpected {Current} at {Current.At}{expected}");
}
