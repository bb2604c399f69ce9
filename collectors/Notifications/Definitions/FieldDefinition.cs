using System.Text.Json;
using Ops.Collectors.Notifications.Paths;

namespace Ops.Collectors.Notifications.Definitions;

/// <summary>
/// Where a value of a notification comes from: a constant, or what paths find, passed through a plugin. Immutable.
/// </summary>
internal sealed class FieldDefinition
{
    private readonly IReadOnlyList<JsonPath> _paths;
    private readonly IFieldPlugin? _plugin;
    private readonly JsonElement? _constant;

    public FieldDefinition(IReadOnlyList<JsonPath> paths, IFieldPlugin? plugin = null) =>
        (_paths, _plugin) = (paths, plugin);

    public FieldDefinition(JsonElement constant) => (_paths, _constant) = ([], constant);

    /// <summary>Whether it can give several values at once.</summary>
    public bool CanGiveMany => _plugin is null or { GivesOneForEach: true };

    /// <summary>A definition of paths that are known to be right.</summary>
    public static FieldDefinition Of(params string[] paths) => new([.. paths.Select(path =>
        JsonPath.Parse(path, out var fault) ?? throw new ArgumentException(fault, nameof(paths)))]);

    /// <summary>The first value that is there and not null, or null.</summary>
    public JsonElement? First(JsonElement notification)
    {
        if (_constant is { } constant)
        {
            return constant;
        }

        if (_plugin is not null)
        {
            var found = Found(notification).Where(match => match.Value.ValueKind != JsonValueKind.Null).ToArray();
            return _plugin.Values(found).FirstOrDefault(IsThere);
        }

        foreach (var match in Found(notification))
        {
            if (match.Value.ValueKind != JsonValueKind.Null)
            {
                return match.Value;
            }
        }

        return null;
    }

    /// <summary>All values, nulls among them.</summary>
    public IReadOnlyList<JsonElement?> All(JsonElement notification) => _constant is { } constant ? [constant]
        : _plugin is { } plugin ? [.. plugin.Values([.. Found(notification)]).Where(IsThere)]
        : [.. Found(notification).Select(match => (JsonElement?)match.Value)];

    private IEnumerable<PathMatch> Found(JsonElement notification) =>
        _paths.SelectMany(path => path.Find(notification));

    private static bool IsThere(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null };
}
