using System.Text.Json;
using Ops.Collectors.Notifications.Paths;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>The seconds between exactly two times, never negative.</summary>
internal sealed class TimedeltaPlugin : IFieldPlugin
{
    public bool GivesOneForEach => false;

    public IEnumerable<JsonElement?> Values(IReadOnlyList<PathMatch> found)
    {
        if (found.Count == 2
            && found.All(match => match.Value.ValueKind == JsonValueKind.String)
            && IsoTime.TryParse(found[0].Value.GetString(), out var start)
            && IsoTime.TryParse(found[1].Value.GetString(), out var end))
        {
            yield return PathMatch.Made(Math.Abs((end - start).TotalSeconds)).Value;
        }
    }
}
