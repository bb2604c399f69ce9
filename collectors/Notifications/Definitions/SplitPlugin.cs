using System.Text.Json;
using Ops.Collectors.Notifications.Paths;
using Ops.Model;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>One piece of a text that is cut at a separator; a negative segment counts from the end.</summary>
internal sealed class SplitPlugin(string separator, int segment, int? splitsMax) : IFieldPlugin
{
    public bool GivesOneForEach => true;

    public static SplitPlugin? Read(ConfigNode parameters, string what, ConfigFaults faults)
    {
        if (!faults.Keys(parameters, what, "separator", "segment", "max_split"))
        {
            return null;
        }

        var separator = faults.Text(parameters, "separator", what) ?? ".";
        if (separator.Length == 0)
        {
            faults.Add(parameters["separator"]!, $"'separator' of {what} must not be empty");
            return null;
        }

        return new SplitPlugin(
            separator,
            faults.Integer(parameters, "segment", what) ?? 0,
            faults.Integer(parameters, "max_split", what, -1, int.MaxValue - 1));
    }

    public IEnumerable<JsonElement?> Values(IReadOnlyList<PathMatch> found) =>
        found.Select(match => Piece(PythonText.Of(match.Value) ?? ""));

    private JsonElement? Piece(string text)
    {
        var pieces = splitsMax is null or < 0 ? text.Split(separator) : text.Split(separator, splitsMax.Value + 1);
        var place = segment < 0 ? pieces.Length + segment : segment;
        return place >= 0 && place < pieces.Length ? JsonSerializer.SerializeToElement(pieces[place]) : null;
    }
}
