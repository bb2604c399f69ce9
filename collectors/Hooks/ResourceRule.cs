using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Says which resource an alert is about.</summary>
/// <param name="Match">Patterns of labels, all of which must fit; none fits every alert.</param>
/// <param name="Type">The entity type; null finds any entity of the id.</param>
/// <param name="Id">The id, with labels in it.</param>
/// <param name="Name">The name for people, with labels in it; null gives none.</param>
public sealed record ResourceRule(
    IReadOnlyList<KeyValuePair<string, string>> Match, LabelTemplate? Type, LabelTemplate Id, LabelTemplate? Name)
{
    /// <summary>Whether it is meant for an alert of those labels.</summary>
    public bool Fits(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (label, pattern) in Match)
        {
            if (!Glob.Matches(pattern, labels.GetValueOrDefault(label, "")))
            {
                return false;
            }
        }

        return true;
    }
}
