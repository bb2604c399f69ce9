using Ops.Model;

namespace Ops.Pipeline.Configuration;

/// <summary>Which meters a source takes: names and wildcards, or exclusions (<c>!name</c>), or <c>*</c> with
/// exclusions.</summary>
/// <remarks>Exclusions win; with nothing but exclusions all else is taken. Source: Ceilometer 8 (Ocata),
/// pipeline.</remarks>
public sealed class MeterFilter
{
    private readonly string[] _allowed;
    private readonly string[] _denied;

    internal MeterFilter(IEnumerable<string> patterns)
    {
        var all = patterns.ToArray();
        _denied = [.. all.Where(IsExclusion).Select(pattern => pattern[1..])];
        _allowed = [.. all.Where(pattern => !IsExclusion(pattern))];
    }

    /// <summary>Whether a meter of that name is taken.</summary>
    public bool Takes(string meter) =>
        !Array.Exists(_denied, pattern => Glob.Matches(pattern, meter))
        && (_allowed.Length == 0 || Array.Exists(_allowed, pattern => Glob.Matches(pattern, meter)));

    /// <summary>Reads the list of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="what">The source's name, for messages.</param>
    /// <param name="faults">Where to report.</param>
    /// <param name="key">The list's key: <c>meters</c> or <c>events</c>.</param>
    /// <param name="one">What an item is called.</param>
    internal static MeterFilter? Read(
        ConfigNode source, string what, ConfigFaults faults, string key = "meters", string one = "a meter")
    {
        var patterns = new List<string>();
        foreach (var item in faults.List(source, key, what))
        {
            if (item.Kind == ConfigNodeKind.Scalar && !string.IsNullOrEmpty(item.Text))
            {
                patterns.Add(item.Text);
            }
            else
            {
                var hint = item.IsNull ? " (quote an exclusion: '!name')" : "";
                faults.Add(item, $"{one} of {what} must be a name or pattern, found {item.Describe()}{hint}");
            }
        }

        var at = source[key];
        if (at is null || at.IsNull || at is { Kind: ConfigNodeKind.Sequence, Items.Count: 0 })
        {
            faults.Add(at ?? source, $"{what} needs '{key}': a list of names, patterns and exclusions");
            return null;
        }

        CheckMixture(patterns, at, what, one, faults);
        return new MeterFilter(patterns);
    }

    private static void CheckMixture(
        List<string> patterns, ConfigNode at, string what, string one, ConfigFaults faults)
    {
        var named = patterns.Find(pattern => pattern[0] is not ('!' or '*'));
        var excluded = patterns.Find(IsExclusion);
        if (named is not null && excluded is not null)
        {
            faults.Add(
                at,
                $"{what} both names {one} ('{named}') and excludes one ('{excluded}'); "
                + "only '*' goes with exclusions");
        }

        if (named is not null && patterns.Contains("*"))
        {
            faults.Add(at, $"{what} names {one} ('{named}') beside '*', which takes all");
        }
    }

    private static bool IsExclusion(string pattern) => pattern[0] == '!';
}
