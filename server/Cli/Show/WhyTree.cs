using Ops.Model;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>Why an alarm is there, as a tree: how it came about, what causes it, what it causes.</summary>
internal static class WhyTree
{
    /// <summary>Prints it.</summary>
    public static void Print(WhyView why, Terminal terminal)
    {
        var tree = new Tree(Title(why.Alarm));
        Fill(tree, why);
        if (why.Effects.Count > 0)
        {
            var effects = tree.AddNode("causes");
            foreach (var effect in why.Effects)
            {
                effects.AddNode(Title(effect));
            }
        }

        terminal.Console.Write(tree);
    }

    private static void Fill(IHasTreeNodes node, WhyView why)
    {
        if (!why.Alarm.Deduced)
        {
            node.AddNode($"measured: {Terminal.Plain(why.Alarm.Reason)}");
        }

        foreach (var derivation in why.Derivations)
        {
            AddDerivation(node, derivation);
        }

        if (why.Causes.Count > 0)
        {
            var causes = node.AddNode("caused by");
            foreach (var cause in why.Causes)
            {
                Fill(causes.AddNode(Title(cause.Alarm)), cause);
            }
        }
    }

    private static void AddDerivation(IHasTreeNodes node, DerivationView derivation)
    {
        var under = node.AddNode(
            $"deduced by template [bold]{Terminal.Plain(derivation.Template)}[/], scenario {derivation.Scenario}, "
            + $"since {Words.At(derivation.Since)}");
        under.AddNode($"condition: {Terminal.Plain(derivation.Condition)}");
        var matched = under.AddNode("matched");
        foreach (var entity in derivation.Matched)
        {
            var kind = entity.Category == "RESOURCE" ? "" : entity.Category.ToLowerInvariant() + " ";
            matched.AddNode(Terminal.Plain($"{entity.As} = {kind}{Words.Of(entity.Type, entity.Id, entity.Name)}"));
        }
    }

    private static string Title(AlarmView alarm) =>
        $"{Words.Coloured(alarm.Severity)} [bold]{Terminal.Plain(alarm.Name)}[/] on "
        + $"{Terminal.Plain(Words.Of(alarm.Resource))}, {Terminal.Plain(alarm.State)} since {Words.At(alarm.Since)} "
        + $"[dim]{Terminal.Plain(alarm.Id)}[/]";
}
