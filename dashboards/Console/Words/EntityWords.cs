using System.Globalization;
using Ops.Model;

namespace Ops.Console.Words;

/// <summary>How an entity is called in the picture and in lists.</summary>
public static class EntityWords
{
    /// <summary>Its name, or its id without the host before it.</summary>
    public static string Title(EntityView entity)
    {
        var nameless = entity.Name.Length == 0 || entity.Name == entity.Id;
        var name = nameless ? Shorten.Id(entity.Type, entity.Id) : entity.Name;
        var port = Property(entity, "port");
        var repeated = port is not null && name.EndsWith(":" + port, StringComparison.Ordinal);
        return repeated ? name[..^(port!.Length + 1)] : name;
    }

    /// <summary>What tells it from others of its type: the port, the command, else the type.</summary>
    public static string Subtitle(EntityView entity)
    {
        if (entity.State is "DOWN" or "DELETED")
        {
            return entity.State.ToLowerInvariant() + (Property(entity, "port") is { } was ? $", was :{was}" : "");
        }

        return entity.Type switch
        {
            "service" when Property(entity, "port") is { } port => $"service :{port}",
            "service" when Property(entity, "role") == "client" => "client",
            _ => entity.Type,
        };
    }

    /// <summary>A property as text, or null when it is absent or empty.</summary>
    public static string? Property(EntityView entity, string name) =>
        Convert.ToString(entity.Properties.GetValueOrDefault(name), CultureInfo.InvariantCulture) is { Length: > 0 } it
            ? it
            : null;
}
