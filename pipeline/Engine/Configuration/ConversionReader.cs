using System.Globalization;
using Ops.Model;
using Ops.Pipeline.Expressions;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline.Configuration;

/// <summary>Reads <c>source</c> and <c>target</c> of a transformer's parameters.</summary>
internal static class ConversionReader
{
    /// <summary>Reads both parts.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="what">The transformer, for faults.</param>
    /// <param name="faults">Where to report.</param>
    /// <param name="inert">Keys of <c>target</c> that this transformer does not heed: a warning.</param>
    public static ConversionRule Read(
        ConfigNode parameters, string what, ConfigFaults faults, params ReadOnlySpan<string> inert)
    {
        var source = Part(parameters, "source", what);
        var target = Part(parameters, "target", what);
        faults.Keys(source, $"'source' of {what}", "name", "unit", "type", "map_from");
        faults.Keys(target, $"'target' of {what}", "name", "unit", "type", "scale", "max", "expr", "map_to");
        WarnInert(target, what, faults, [.. inert, "expr"]);
        var (factor, scale) = ReadScale(target, what, faults);
        var from = Map(source, "map_from", what, faults);
        var to = Map(target, "map_to", what, faults);
        return new ConversionRule
        {
            SourceUnit = faults.Text(source, "unit", $"'source' of {what}"),
            Factor = factor,
            Scale = scale,
            Max = faults.Number(target, "max", $"'target' of {what}") is { } max and not 0 ? max : null,
            TargetName = faults.Text(target, "name", $"'target' of {what}"),
            TargetUnit = faults.Text(target, "unit", $"'target' of {what}"),
            TargetKind = ReadKind(target, what, faults),
            NameMap = ReadMap(from, to, "name", what, faults),
            UnitMap = ReadMap(from, to, "unit", what, faults),
        };
    }

    /// <summary>The mapping under a key; an empty one where it is absent.</summary>
    public static ConfigNode Part(ConfigNode parameters, string key, string what)
    {
        var part = parameters[key];
        return part is null || part.IsNull
            ? ConfigNode.Mapping([], parameters.File, parameters.Line, parameters.Column)
            : part;
    }

    /// <summary>Warns of keys that have no effect.</summary>
    public static void WarnInert(ConfigNode target, string what, ConfigFaults faults, IReadOnlyList<string> inert)
    {
        foreach (var key in inert)
        {
            if (target[key] is { } node)
            {
                faults.Warn(node, $"'{key}' has no effect in {what}");
            }
        }
    }

    /// <summary>The kind under <c>type</c>, or null.</summary>
    public static MeterKind? ReadKind(ConfigNode target, string what, ConfigFaults faults)
    {
        if (faults.Text(target, "type", $"'target' of {what}") is not { } word)
        {
            return null;
        }

        if (MeterKinds.TryParse(word, out var kind))
        {
            return kind;
        }

        faults.NotOneOf(target["type"]!, $"'type' of {what}", ["gauge", "delta", "cumulative"]);
        return null;
    }

    private static (double? Factor, Expression? Scale) ReadScale(ConfigNode target, string what, ConfigFaults faults)
    {
        var text = faults.Text(target, "scale", $"'target' of {what}");
        if (string.IsNullOrEmpty(text))
        {
            return (null, null);
        }

        var node = target["scale"]!;
        if (!node.IsQuoted && PlainNumber(text) is { } factor)
        {
            return (factor == 0 ? null : factor, null);
        }

        if (!Expression.TryParseScale(text, out var scale, out var problem))
        {
            faults.Add(node, $"'scale' of {what} is not a valid expression: {problem}");
        }
        else if (scale.NeverANumber is { } reason)
        {
            faults.Warn(node, $"'scale' of {what} drops every sample: {reason}");
        }

        return (null, scale);
    }

    private static double? PlainNumber(string text)
    {
        switch (text)
        {
            case "true" or "True" or "TRUE": return 1;
            case "false" or "False" or "FALSE": return 0;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;
    }

    private static NamePattern? ReadMap(
        ConfigNode? from, ConfigNode? to, string key, string what, ConfigFaults faults)
    {
        if (from is null || to is null)
        {
            return null;
        }

        var pattern = faults.Text(from, key, $"'map_from' of {what}");
        var replacement = faults.Text(to, key, $"'map_to' of {what}");
        if (string.IsNullOrEmpty(pattern) || string.IsNullOrEmpty(replacement))
        {
            return null;
        }

        if (NamePattern.TryParse(pattern, replacement, out var map, out var problem))
        {
            return map;
        }

        var inReplacement = problem.StartsWith("refers", StringComparison.Ordinal);
        var (node, place) = inReplacement ? (to[key]!, "map_to") : (from[key]!, "map_from");
        faults.Add(node, $"'{key}' in '{place}' of {what} {problem}");
        return null;
    }

    private static ConfigNode? Map(ConfigNode part, string key, string what, ConfigFaults faults)
    {
        if (part[key] is not { IsNull: false } map)
        {
            return null;
        }

        return faults.Keys(map, $"'{key}' of {what}", "name", "unit") ? map : null;
    }
}
