using System.Collections.Immutable;

namespace Ops.Rca.Templates.Conditions;

/// <summary>Reads a condition's tokens into a tree.</summary>
/// <remarks>
/// <code>
/// condition = either
/// either    = both { OR both }
/// both      = factor { AND factor }
/// factor    = NOT primary | primary
/// primary   = "(" either ")" | name [ "[" label "]" name ]
/// </code>
/// The first thing wrong ends it. Parentheses nest <see cref="TemplateLimits.ConditionDepthMax"/> deep at most.
/// </remarks>
internal sealed class ConditionParser
{
    private readonly string _text;
    private readonly List<ConditionToken> _tokens;
    private int _next;
    private int _depth;

    private ConditionParser(string text, List<ConditionToken> tokens) => (_text, _tokens) = (text, tokens);

    /// <summary>The tree, or null with what is wrong.</summary>
    public static ConditionTree? Parse(string text, List<ConditionToken> tokens, out string error)
    {
        var parser = new ConditionParser(text, tokens);
        try
        {
            var tree = parser.Either();
            parser.Expect(ConditionTokenKind.End, "AND, OR or the end");
            error = "";
            return tree;
        }
        catch (FormatException fault)
        {
            error = fault.Message;
            return null;
        }
    }

    private ConditionTree Either()
    {
        var parts = ImmutableArray.CreateBuilder<ConditionTree>();
        do
        {
            parts.Add(Both());
        }
        while (Take(ConditionTokenKind.Or));
        return parts.Count == 1 ? parts[0] : new Disjunction(parts.ToImmutable());
    }

    private ConditionTree Both()
    {
        var parts = ImmutableArray.CreateBuilder<ConditionTree>();
        do
        {
            parts.Add(Factor());
        }
        while (Take(ConditionTokenKind.And));
        return parts.Count == 1 ? parts[0] : new Conjunction(parts.ToImmutable());
    }

    private ConditionTree Factor()
    {
        if (!Take(ConditionTokenKind.Not))
        {
            return Primary();
        }

        return Peek.Kind == ConditionTokenKind.Not
            ? throw new FormatException($"{Peek.Place} follows another NOT")
            : new Negation(Primary());
    }

    private ConditionTree Primary()
    {
        if (Take(ConditionTokenKind.Open))
        {
            if (++_depth > TemplateLimits.ConditionDepthMax)
            {
                throw new FormatException($"nested deeper than {TemplateLimits.ConditionDepthMax}");
            }

            var inner = Either();
            Expect(ConditionTokenKind.Close, "AND, OR or ')'");
            _depth--;
            return inner;
        }

        var name = Expect(ConditionTokenKind.Word, "a name, NOT or '('");
        if (Peek.Kind != ConditionTokenKind.Label)
        {
            return new Term(name.Text, null, null, name.At);
        }

        var label = _tokens[_next++];
        var target = Expect(ConditionTokenKind.Word, $"a name behind [{label.Text}]");
        return new Term(name.Text, label.Text, target.Text, name.At);
    }

    private ConditionToken Peek => _tokens[_next];

    private bool Take(ConditionTokenKind kind)
    {
        if (Peek.Kind != kind)
        {
            return false;
        }

        if (kind is ConditionTokenKind.And or ConditionTokenKind.Or or ConditionTokenKind.Not
            && !ConditionLexer.IsApart(_text, Peek))
        {
            throw new FormatException($"{Peek.Place} needs a space around it");
        }

        _next++;
        return true;
    }

    private ConditionToken Expect(ConditionTokenKind kind, string what) =>
        Peek.Kind == kind ? _tokens[_next++] : throw new FormatException($"expected {what}, found {Found}");

    private string Found => Peek.Kind == ConditionTokenKind.End ? "its end" : Peek.Place;
}
