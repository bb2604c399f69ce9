using Ops.Model;
using Ops.Rca.Templates.Reading;

namespace Ops.Rca.Templates.Conditions;

/// <summary>
/// Reads the condition of a scenario and reports what is wrong with it, in Vitrage's order of checks.
/// </summary>
internal static class ConditionReader
{
    /// <summary>Reads a condition of version 3; what its alternatives share is judged later.</summary>
    public static ScenarioCondition? ReadV3(ConfigNode node, Vocabulary vocabulary, TemplateFaults faults)
    {
        if (!IsInLimits(node, faults, out var text))
        {
            return null;
        }

        var tokens = ConditionLexer.Split(text);
        if (tokens.Find(token => token.Text is "[" or "]") is { Text: not null } bracket)
        {
            faults.Add(
                node, TemplateStatus.BadCondition,
                $"condition '{text}': {bracket.Place} is not part of a label; a label is a word in brackets "
                + "with a space on either side, such as 'alarm [on] host'");
            return null;
        }

        var before = faults.Count;
        foreach (var token in tokens.Where(token => IsUnknownInV3(token, vocabulary)))
        {
            faults.AddUnknown(
                node, TemplateStatus.V3UnknownEntity,
                $"condition '{text}' names {token.Place}, which entities do not declare",
                token.Text, vocabulary.Entities.Keys);
        }

        return faults.Count > before ? null : Judge(node, text, tokens, vocabulary, faults, _ => { });
    }

    /// <summary>Reads a condition of versions 1 and 2.</summary>
    public static ScenarioCondition? ReadV2(ConfigNode node, Vocabulary vocabulary, TemplateFaults faults)
    {
        if (!IsInLimits(node, faults, out var text))
        {
            return null;
        }

        var tokens = ConditionLexer.Split(text);
        if (tokens.Find(token => token.Kind == ConditionTokenKind.Label) is { Text: not null } label)
        {
            faults.Add(
                node, TemplateStatus.BadCondition,
                $"condition '{text}' cannot be read: versions 1 and 2 name relationships by their template_id, "
                + $"found label {label.Place}");
            return null;
        }

        var condition = Judge(node, text, tokens, vocabulary, faults, ReportUnknown);
        if (condition is { Common.IsEmpty: true })
        {
            NoCommonEntity(node, text, faults);
            return null;
        }

        return condition;

        void ReportUnknown(TemplateFaults into)
        {
            foreach (var token in tokens.Where(token => IsUnknownInV2(token, vocabulary)))
            {
                var advice = token.Kind == ConditionTokenKind.Word
                    ? into.Hint(token.Text, vocabulary.Names)
                    : $". Versions 1 and 2 write {token.Kind.ToString().ToLowerInvariant()}";
                into.Add(
                    node, TemplateStatus.UnknownTemplateId,
                    $"condition '{text}' names {token.Place}, which definitions do not declare{advice}");
            }
        }
    }

    /// <summary>Reports that the alternatives of a condition share no entity.</summary>
    public static void NoCommonEntity(ConfigNode node, string text, TemplateFaults faults) => faults.Add(
        node, TemplateStatus.NoCommonEntity,
        $"condition '{text}': the alternatives of OR must share an entity that is not negated");

    private static ScenarioCondition? Judge(
        ConfigNode node, string text, List<ConditionToken> tokens, Vocabulary vocabulary, TemplateFaults faults,
        Action<TemplateFaults> reportUnknown)
    {
        if (ConditionParser.Parse(text, tokens, out var error) is not { } tree)
        {
            faults.Add(node, TemplateStatus.BadCondition, $"condition '{text}' cannot be read: {error}");
            return null;
        }

        if (DisjunctiveForm.Of(tree) is not { } alternatives)
        {
            faults.Add(
                node, TemplateStatus.BadCondition,
                $"condition '{Shortened(text)}' multiplies out to more than {TemplateLimits.ClausesMax} alternatives "
                + $"or {TemplateLimits.LiteralsMax} terms");
            return null;
        }

        var before = faults.Count;
        var condition = new ScenarioCondition(text, alternatives, vocabulary);
        foreach (var term in condition.NegatedEntities)
        {
            faults.Add(
                node, TemplateStatus.NotOnEntity,
                $"condition '{text}': NOT stands before '{term}', which is not a relationship");
        }

        reportUnknown(faults);
        if (!condition.IsPositive)
        {
            faults.Add(
                node, TemplateStatus.OnlyNegative,
                $"condition '{text}' consists of NOT only; it must demand at least one thing that is there");
        }

        return faults.Count > before ? null : condition;
    }

    private static bool IsInLimits(ConfigNode node, TemplateFaults faults, out string text)
    {
        text = node.Text ?? "";
        if (text.Length <= TemplateLimits.ConditionCharsMax)
        {
            return true;
        }

        faults.Add(
            node, TemplateStatus.BadCondition,
            $"condition is longer than {TemplateLimits.ConditionCharsMax} characters, found {text.Length}");
        return false;
    }

    private static bool IsUnknownInV3(ConditionToken token, Vocabulary vocabulary) => token.Kind switch
    {
        ConditionTokenKind.Word => !vocabulary.Entities.ContainsKey(token.Text),
        ConditionTokenKind.Stray => true,
        ConditionTokenKind.And or ConditionTokenKind.Or or ConditionTokenKind.Not => !char.IsLetter(token.Text[0]),
        _ => false,
    };

    private static bool IsUnknownInV2(ConditionToken token, Vocabulary vocabulary) => token.Kind switch
    {
        ConditionTokenKind.Word => !vocabulary.Knows(token.Text),
        ConditionTokenKind.And or ConditionTokenKind.Or or ConditionTokenKind.Not => !char.IsLower(token.Text[0]),
        _ => false,
    };

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
