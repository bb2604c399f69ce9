using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>Reads the texts of a workflow to run from the vertices of its match.</summary>
internal sealed class MatchTexts(Reasoner reasoner, RunFact run)
{
    /// <summary>The text; null where it is read from a property that is not there.</summary>
    public string? Of(ActionText text)
    {
        if (text.Entity is null)
        {
            return text.Literal;
        }

        var place = Array.IndexOf(run.Clause.Ids, text.Entity);
        var property = reasoner.Graph.Properties.Find(text.Attribute ?? "");
        return place < 0 || property < 0
            ? null
            : reasoner.Graph.Text(reasoner.Graph.Vertices[run.Match[place]], property);
    }
}
