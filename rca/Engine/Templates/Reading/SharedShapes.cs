using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Shapes that several grammar versions have in common.</summary>
internal static class SharedShapes
{
    private static readonly MappingShape OneParameter = new MappingShape()
        .Optional("description", MappingShape.Text)
        .Optional("default", MappingShape.Text);

    /// <summary>The versions that are read, as written.</summary>
    public static readonly string[] Versions = ["1", "2", "3"];

    /// <summary>The template types.</summary>
    public static readonly string[] Types = ["standard", "definition", "equivalence"];

    /// <summary>The actions of all versions.</summary>
    public static readonly string[] Actions =
        ["set_state", "raise_alarm", "add_causal_relationship", "mark_down", "execute_mistral"];

    /// <summary>Parameters: each a text, nothing, or a mapping of description and default.</summary>
    public static bool Parameters(ConfigNode value, string what, TemplateFaults faults)
    {
        if (!MappingShape.Mapping(value, what, faults))
        {
            return false;
        }

        var before = faults.Count;
        foreach (var member in value.Members)
        {
            if (member.Value.Kind != ConfigNodeKind.Scalar)
            {
                OneParameter.Holds(member.Value, $"parameter '{member.Key}'", faults);
            }
        }

        return faults.Count == before;
    }

    /// <summary>Reports a word that is none of the allowed.</summary>
    public static void NotOneOf(
        ConfigNode node, int code, string what, string[] allowed, TemplateFaults faults) =>
        faults.AddUnknown(
            node, code, $"{what} must be one of {string.Join(", ", allowed)}, found {node.Describe()}",
            node.Text ?? "", allowed);
}
