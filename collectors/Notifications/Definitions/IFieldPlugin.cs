using System.Text.Json;
using Ops.Collectors.Notifications.Paths;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>Turns what the paths of a definition found into values.</summary>
internal interface IFieldPlugin
{
    /// <summary>Whether it gives a value for each one found, so that it may serve several meters at once.</summary>
    bool GivesOneForEach { get; }

    /// <summary>The values; null for one that there is not.</summary>
    IEnumerable<JsonElement?> Values(IReadOnlyList<PathMatch> found);
}
