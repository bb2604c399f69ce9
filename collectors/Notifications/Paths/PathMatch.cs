using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>A value that a path found, and where.</summary>
/// <param name="Value">The value.</param>
/// <param name="Step">The last step that led to it: a name, or <c>[0]</c>; empty for the root.</param>
/// <param name="Parent">What it is a part of; null for the root and for what was worked out.</param>
internal sealed record PathMatch(JsonElement Value, string Step = "", PathMatch? Parent = null)
{
    /// <summary>The steps from the root with points between, such as <c>payload.nodes.[0].id</c>.</summary>
    public string Path
    {
        get
        {
            var steps = new List<string>();
            for (var match = this; match.Parent is not null; match = match.Parent)
            {
                steps.Add(match.Step);
            }

            steps.Reverse();
            return string.Join('.', steps);
        }
    }

    /// <summary>The whole that it is a part of.</summary>
    public PathMatch Root
    {
        get
        {
            var match = this;
            while (match.Parent is not null)
            {
                match = match.Parent;
            }

            return match;
        }
    }

    /// <summary>A value that was worked out, such as a sum; it is its own root.</summary>
    public static PathMatch Made<T>(T value) => new(JsonSerializer.SerializeToElement(value));
}
