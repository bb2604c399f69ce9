using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Which meters a source polls: names and wildcards, or exclusions (<c>!name</c>), or <c>*</c> with
/// exclusions.</summary>
/// <remarks>Exclusions win; with nothing but exclusions all else is taken. Source: Ceilometer 8 (Ocata).</remarks>
public sealed class MeterSelection
{
    private readonly string[] _allowed;
    private readonly string[] _denied;

    /// <summary>A selection by the patterns of a <c>meters</c> list.</summary>
    public MeterSelection(params IReadOnlyList<string> patterns)
    {
        _denied = [.. patterns.Where(IsExclusion).Select(pattern => pattern[1..])];
        _allowed = [.. patterns.Where(pattern => !IsExclusion(pattern))];
    }

    /// <summary>The names without wildcards that it asks for.</summary>
    internal IEnumerable<string> Named => _allowed.Where(pattern => !Glob.IsPattern(pattern));

    /// <summary>Whether a meter of that name is polled.</summary>
    public bool Takes(string meter) =>
        !Array.Exists(_denied, pattern => Glob.Matches(pattern, meter))
        && (_allowed.Length == 0 || Array.Exists(_allowed, pattern => Glob.Matches(pattern, meter)));

    /// <summary>Reads the list of a source; null when there is none.</summary>
    internal static MeterSelection? Read(ConfigNode source, string what, ConfigFaults faults)
    {
        var at = source["meters"];
        if (at is null || at.IsNull || at is { Kind: ConfigNodeKind.Sequence, Items.Count: 0 })
        {
            faults.Add(at ?? source, $"{what} needs 'meters': a list of names, patterns and exclusions");
            return null;
        }

        var patterns = new List<string>();
        foreach (var item in faults.List(source, "meters", what))
        {
            if (item.Kind == ConfigNodeKind.Scalar && !string.IsNullOrEmpty(item.Text))
            {
                patterns.Add(item.Text);
            }
            else
            {
                var hint = item.IsNull ? " (quote an exclusion: '!name')" : "";
                faults.Add(item, $"a meter of {what} must be a name or pattern, found {item.Describe()}{hint}");
            }
        }

        CheckMixture(patterns, at, what, faults);
        return new MeterSelection(patterns);
    }

    private static void CheckMixture(List<string> patterns, ConfigNode at, string what, ConfigFaults faults)
    {
        var named = patterns.Find(pattern => pattern[0] is not ('!' or '*'));
        var excluded = patterns.Find(IsExclusion);
        if (named is not null && excluded is not null)
        {
            faults.Add(
                at,
                $"{what} both names a meter ('{named}') and excludes one ('{excluded}'); "
                + "only '*' goes with exclusions");
        }

        if (named is not null && patterns.Contains("*"))
        {
            faults.Add(at, $"{what} names a meter ('{named}') beside '*', which takes all");
        }
    }

    private static bool IsExclusion(string pattern) => pattern.StartsWith('!');
}
