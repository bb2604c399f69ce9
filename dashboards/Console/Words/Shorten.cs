using Ops.Model;

namespace Ops.Console.Words;

/// <summary>Makes long names fit; the full one belongs in a tooltip.</summary>
public static class Shorten
{
    private const char Ellipsis = '…';

    /// <summary>Cuts the middle out, since names differ at their ends: <c>kubernetes-ap…7f9c</c>.</summary>
    public static string Middle(string text, int lengthMax)
    {
        if (text.Length <= lengthMax)
        {
            return text;
        }

        var head = (lengthMax - 1) * 3 / 5;
        var tail = lengthMax - 1 - head;
        return string.Concat(text.AsSpan(0, head).TrimEnd(), [Ellipsis], text.AsSpan(text.Length - tail).TrimStart());
    }

    /// <summary>Cuts the end off.</summary>
    public static string End(string text, int lengthMax) =>
        text.Length <= lengthMax ? text : string.Concat(text.AsSpan(0, lengthMax - 1).TrimEnd(), [Ellipsis]);

    /// <summary>The name of a resource without the host it repeats: <c>host/disk/sda</c> is <c>sda</c>.</summary>
    public static string Resource(ResourceView resource) =>
        resource.Name is { Length: > 0 } name ? name : Id(resource.Type, resource.Id);

    /// <summary>An id without the <c>host/type/</c> before it; a path keeps its leading slash.</summary>
    public static string Id(string type, string id)
    {
        var mark = $"/{type}/";
        var at = id.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return id;
        }

        var rest = id[(at + mark.Length)..];
        return rest.Length == 0 ? "/" : type == "filesystem" && rest[0] != '/' ? "/" + rest : rest;
    }
}
