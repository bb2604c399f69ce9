using System.Text.RegularExpressions;

namespace Ops.Unit.Architecture;

/// <summary>The types and members of a C# file, measured by its braces.</summary>
/// <remarks>
/// Not a parser: strings and comments are blanked, then blocks are followed. A block that a type keyword opens is a
/// type; what stands between its members' ends is a member.
/// </remarks>
internal static partial class CodeShape
{
    /// <summary>A type at the top of the file.</summary>
    public sealed record TypeShape(string Name, bool IsPublic, int Line);

    /// <summary>A member of any type of the file.</summary>
    public sealed record MemberShape(string Name, int Line, int Lines);

    /// <summary>The types that stand directly in the namespace.</summary>
    public static IReadOnlyList<TypeShape> Types(string text)
    {
        var types = new List<TypeShape>();
        var code = CodeBlanks.Blank(text);
        Walk(code, 0, code.Length, onType: (head, at) =>
        {
            var match = TypeHead().Match(head);
            types.Add(new TypeShape(match.Groups["name"].Value, IsPublic(head), LineOf(code, at)));
        }, onMember: null, nested: false);
        return types;
    }

    /// <summary>The members of all types; fields, and members that hold only other members, are left out.</summary>
    public static IReadOnlyList<MemberShape> Members(string text)
    {
        var members = new List<MemberShape>();
        var code = CodeBlanks.Blank(text);
        Walk(code, 0, code.Length, onType: null, onMember: (head, from, to) =>
        {
            var first = LineOf(code, from);
            members.Add(new MemberShape(NameOf(head), first, LineOf(code, to) - first + 1));
        }, nested: true);
        return members;
    }

    private static void Walk(
        string code, int from, int to, Action<string, int>? onType, Action<string, int, int>? onMember, bool nested,
        bool inType = false)
    {
        var start = from;
        for (var at = from; at < to; at++)
        {
            if (code[at] == ';')
            {
                Leaf(code, start, at, onType, onMember, inType);
                start = at + 1;
                continue;
            }

            if (code[at] is '(' or '[')
            {
                at = CloseOf(code, at, to);
                continue;
            }

            if (code[at] != '{')
            {
                continue;
            }

            var close = CloseOf(code, at, to);
            var head = code[start..at];
            if (NamespaceHead().IsMatch(head))
            {
                Walk(code, at + 1, close, onType, onMember, nested);
            }
            else if (TypeHead().IsMatch(head) && !head.Contains("=>", StringComparison.Ordinal))
            {
                onType?.Invoke(head, FirstInk(code, start));
                if (nested)
                {
                    Walk(code, at + 1, close, onType, onMember, nested, inType: true);
                }
            }
            else
            {
                at = EndOfMember(code, close, to);
                Member(code, start, at, head, onMember, inType);
                start = at + 1;
                continue;
            }

            at = close;
            start = at + 1;
        }
    }

    /// <summary>A record or enum without a body, an expression body, a field, an abstract member, a using.</summary>
    private static void Leaf(
        string code, int start, int end, Action<string, int>? onType, Action<string, int, int>? onMember, bool inType)
    {
        var text = code[start..end];
        if (TypeHead().IsMatch(text))
        {
            onType?.Invoke(text, FirstInk(code, start));
        }
        else
        {
            Member(code, start, end, text, onMember, inType);
        }
    }

    private static void Member(
        string code, int start, int end, string head, Action<string, int, int>? onMember, bool inType)
    {
        var equals = head.IndexOf('=', StringComparison.Ordinal);
        var isField = equals >= 0 && head.IndexOf("=>", StringComparison.Ordinal) != equals
            && !head[..equals].Contains('(', StringComparison.Ordinal);
        if (inType && !isField && head.Trim().Length > 0)
        {
            onMember?.Invoke(head, FirstInk(code, start), end);
        }
    }

    /// <summary>
    /// A property may go on after its braces with an initialiser, an expression body with a semicolon.
    /// </summary>
    private static int EndOfMember(string code, int close, int to)
    {
        var next = close + 1;
        while (next < to && char.IsWhiteSpace(code[next]))
        {
            next++;
        }

        if (next >= to || code[next] is not (';' or '=' or ',' or '.' or ')' or '?'))
        {
            return close;
        }

        for (; next < to && code[next] != ';'; next++)
        {
            next = code[next] is '(' or '[' or '{' ? CloseOf(code, next, to) : next;
        }

        return next;
    }

    private static int CloseOf(string code, int open, int to)
    {
        var depth = 0;
        for (var at = open; at < to; at++)
        {
            depth += code[at] is '{' or '(' or '[' ? 1 : code[at] is '}' or ')' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return to - 1;
    }

    /// <summary>Where a declaration begins, after its attributes.</summary>
    private static int FirstInk(string code, int start)
    {
        while (start < code.Length - 1 && (char.IsWhiteSpace(code[start]) || code[start] == '['))
        {
            start = code[start] == '[' ? CloseOf(code, start, code.Length) + 1 : start + 1;
        }

        return start;
    }

    private static bool IsPublic(string head) => Regex.IsMatch(head, @"\bpublic\b");

    private static int LineOf(string code, int at) => code.AsSpan(0, Math.Min(at, code.Length)).Count('\n') + 1;

    private static string NameOf(string head)
    {
        var match = MemberName().Match(head[FirstInk(head, 0)..]);
        return match.Success ? match.Groups["name"].Value : head.Trim().Split(' ', '\n')[^1];
    }

    [GeneratedRegex(
        @"^\s*(\[[^\]]*\]\s*)*"
        + @"((public|internal|private|protected|static|sealed|abstract|partial|readonly|ref|file|unsafe|new)\s+)*"
        + @"(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>\w+)")]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"^\s*namespace\s")]
    private static partial Regex NamespaceHead();

    [GeneratedRegex(@"(?<name>\w+)\s*(<[^(]*>)?\s*(\(|=>|$)")]
    private static partial Regex MemberName();
}
