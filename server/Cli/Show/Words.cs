using System.Globalization;
using Ops.Model;

namespace Ops.Server.Cli.Show;

/// <summary>Words that tables and trees share.</summary>
internal static class Words
{
    /// <summary>A resource as <c>type name (id)</c>; the id is left out where the name says it.</summary>
    public static string Of(ResourceView resource) => Of(resource.Type, resource.Id, resource.Name);

    /// <summary>The same of its parts.</summary>
    public static string Of(string type, string id, string? name) =>
        string.IsNullOrEmpty(name) || name == id ? $"{type} {id}" : $"{type} {name} ({id})";

    /// <summary>A time to the second, in UTC; <c>--json</c> has all of it.</summary>
    public static string At(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A severity or state in its colour.</summary>
    public static string Coloured(string? word)
    {
        var text = Terminal.Plain(word);
        return word?.ToUpperInvariant() switch
        {
            "CRITICAL" or "ERROR" or "DOWN" or "DELETED" => $"[red]{text}[/]",
            "WARNING" or "MAJOR" or "MINOR" or "SUBOPTIMAL" or "TRANSIENT" => $"[yellow]{text}[/]",
            "OK" or "UP" or "ACTIVE" or "AVAILABLE" or "RUNNING" => $"[green]{text}[/]",
            _ => text,
        };
    }
}
