using System.Globalization;

namespace Ops.Model;

/// <summary>Collects all faults of a document while it is read, and reads typed values out of nodes.</summary>
/// <remarks>A reader goes on after a fault with a default, so that the user sees every fault at once.</remarks>
public sealed class ConfigFaults
{
    private readonly List<ConfigFault> _faults = [];
    private readonly List<ConfigFault> _warnings = [];

    /// <summary>The faults so far, in order of sight.</summary>
    public IReadOnlyList<ConfigFault> All => _faults;

    /// <summary>What is odd but does not stop the document from loading.</summary>
    public IReadOnlyList<ConfigFault> Warnings => _warnings;

    /// <summary>Whether there are none.</summary>
    public bool None => _faults.Count == 0;

    /// <summary>Reports a fault at a node.</summary>
    public void Add(ConfigNode at, string message, int code = 0) =>
        _faults.Add(new ConfigFault(at.File, at.Line, at.Column, message, code));

    /// <summary>Reports a fault made elsewhere.</summary>
    public void Add(ConfigFault fault) => _faults.Add(fault);

    /// <summary>Reports something odd at a node.</summary>
    public void Warn(ConfigNode at, string message) =>
        _warnings.Add(new ConfigFault(at.File, at.Line, at.Column, message));

    /// <summary>Reports every key of a mapping that is not one of the allowed, with the nearest that is.</summary>
    /// <returns>Whether the node is a mapping at all.</returns>
    public bool Keys(ConfigNode node, string what, params ReadOnlySpan<string> allowed)
    {
        if (node.Kind != ConfigNodeKind.Mapping)
        {
            Add(node, $"{what} must be a mapping, found {node.Describe()}");
            return false;
        }

        var names = allowed.ToArray();
        foreach (var member in node.Members)
        {
            if (!names.Contains(member.Key))
            {
                _faults.Add(new ConfigFault(
                    node.File, member.Line, member.Column,
                    $"unknown key '{member.Key}' in {what}; allowed: {string.Join(", ", names)}"
                    + NearestName.Hint(member.Key, names)));
            }
        }

        return true;
    }

    /// <summary>The text under a key that must be there and not empty; faults give <c>""</c>.</summary>
    public string RequiredText(ConfigNode mapping, string key, string what)
    {
        var node = mapping[key];
        if (node is null || node.IsNull || (node.Kind == ConfigNodeKind.Scalar && node.Text!.Length == 0))
        {
            Add(node ?? mapping, $"{what} needs '{key}'");
            return "";
        }

        return Text(mapping, key, what) ?? "";
    }

    /// <summary>The text under a key, or null when absent.</summary>
    public string? Text(ConfigNode mapping, string key, string what)
    {
        var node = mapping[key];
        if (node is null || node.IsNull)
        {
            return null;
        }

        if (node.Kind == ConfigNodeKind.Scalar)
        {
            return node.Text;
        }

        Add(node, $"'{key}' of {what} must be text, found {node.Describe()}");
        return null;
    }

    /// <summary>The number under a key, or null when absent.</summary>
    public double? Number(ConfigNode mapping, string key, string what, double min = double.MinValue,
        double max = double.MaxValue)
    {
        var text = Text(mapping, key, what);
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Add(mapping[key]!, $"'{key}' of {what} must be a number{Range(min, max)}, found '{text}'");
        return null;
    }

    /// <summary>The whole number under a key, or null when absent.</summary>
    public int? Integer(ConfigNode mapping, string key, string what, int min = int.MinValue, int max = int.MaxValue)
    {
        var text = Text(mapping, key, what);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Add(mapping[key]!, $"'{key}' of {what} must be a whole number{Range(min, max)}, found '{text}'");
        return null;
    }

    /// <summary>The truth value under a key (<c>true</c> or <c>false</c>), or null when absent.</summary>
    public bool? Bool(ConfigNode mapping, string key, string what)
    {
        var text = Text(mapping, key, what);
        switch (text?.ToLowerInvariant())
        {
            case null: return null;
            case "true" or "yes" or "on": return true;
            case "false" or "no" or "off": return false;
            default:
                Add(mapping[key]!, $"'{key}' of {what} must be true or false, found '{text}'");
                return null;
        }
    }

    /// <summary>
    /// The duration under a key (<c>10s</c>, <c>5m</c>, <c>1h30m</c>, <c>250ms</c>, a bare number of seconds), or null.
    /// </summary>
    public TimeSpan? Duration(ConfigNode mapping, string key, string what)
    {
        var text = Text(mapping, key, what);
        if (text is null)
        {
            return null;
        }

        if (Durations.TryParse(text, out var duration))
        {
            return duration;
        }

        Add(mapping[key]!, $"'{key}' of {what} must be a duration such as 10s, 5m or 1h30m, found '{text}'");
        return null;
    }

    /// <summary>The texts of the list under a key; empty when absent. A single text is a list of one.</summary>
    public IReadOnlyList<ConfigNode> List(ConfigNode mapping, string key, string what)
    {
        var node = mapping[key];
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind == ConfigNodeKind.Sequence)
        {
            return node.Items;
        }

        Add(node, $"'{key}' of {what} must be a list, found {node.Describe()}");
        return [];
    }

    /// <summary>Reports a word that is not one of the allowed.</summary>
    public void NotOneOf(ConfigNode at, string what, IReadOnlyCollection<string> allowed) =>
        Add(at, $"{what} must be one of {string.Join(", ", allowed)}, found {at.Describe()}"
            + NearestName.Hint(at.Text ?? "", allowed));

    private static string Range(double min, double max) => (min > int.MinValue, max < int.MaxValue) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {min}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {max}"),
        _ => "",
    };
}
