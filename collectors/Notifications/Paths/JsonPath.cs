using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>A compiled path that finds values in a JSON document. Immutable; safe for concurrent use.</summary>
/// <remarks>
/// The dialect is the one of Ceilometer's event, meter and pollster definitions; its grammar stands at the parser. An
/// evaluation looks at a bounded number of values (100 000); one that needs more finds nothing.
/// </remarks>
internal sealed class JsonPath
{
    /// <summary>The longest path that is read.</summary>
    public const int LengthMax = 4096;

    private readonly PathNode _node;

    private JsonPath(string text, PathNode node) => (Text, _node) = (text, node);

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a path; null with a fault where it does not follow the grammar.</summary>
    public static JsonPath? Parse(string text, out string fault)
    {
        fault = text.Length > LengthMax ? $"is longer than {LengthMax} characters" : "";
        if (fault.Length > 0)
        {
            return null;
        }

        try
        {
            return new JsonPath(text, PathParser.Parse(text));
        }
        catch (PathSyntaxException e)
        {
            fault = e.Message;
            return null;
        }
    }

    /// <summary>What the path finds, in order; nulls of the document are among them.</summary>
    public IReadOnlyList<PathMatch> Find(JsonElement document)
    {
        var run = new PathRun();
        var found = _node.Find(new PathMatch(document), run);
        return run.IsExhausted ? [] : found;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
