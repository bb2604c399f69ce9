using Ops.Alarms.Rules;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>Finds the rules that a series may meet without trying them all.</summary>
/// <remarks>
/// Rules with a plain meter name are found by it, those that also name one resource id by both; patterns are tried once
/// for each meter. It is asked when a series first appears or changes, never per sample.
/// </remarks>
internal sealed class RuleIndex
{
    private readonly Dictionary<string, List<RuleInForce>> _byMeter = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Meter, string ResourceId), List<RuleInForce>> _byResource = [];
    private readonly Dictionary<string, RuleInForce[]> _patternsOfMeter = new(StringComparer.Ordinal);
    private readonly List<RuleInForce> _patterns = [];
    private readonly Dictionary<string, RuleInForce> _byName = new(StringComparer.Ordinal);

    public RuleIndex(IEnumerable<AlarmRule> rules, AlarmEvaluatorOptions options)
    {
        foreach (var rule in rules)
        {
            var inForce = new RuleInForce(rule, options);
            _byName.Add(rule.Name, inForce);
            if (inForce.MeterIsPattern)
            {
                _patterns.Add(inForce);
            }
            else if (OneResource(rule) is { } resourceId)
            {
                Add(_byResource, (rule.Meter, resourceId), inForce);
            }
            else
            {
                Add(_byMeter, rule.Meter, inForce);
            }
        }
    }

    public int Count => _byName.Count;

    public RuleInForce? ByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds the rules that the series meets to the list.</summary>
    public void Find(Series series, SampleContext context, List<RuleInForce> found)
    {
        if (_byMeter.TryGetValue(series.Meter, out var plain))
        {
            AddFitting(plain, series, context, found);
        }

        if (_byResource.TryGetValue((series.Meter, series.ResourceId), out var ofResource))
        {
            AddFitting(ofResource, series, context, found);
        }

        if (_patterns.Count > 0)
        {
            AddFitting(PatternsOf(series.Meter), series, context, found);
        }
    }

    private RuleInForce[] PatternsOf(string meter)
    {
        if (!_patternsOfMeter.TryGetValue(meter, out var patterns))
        {
            patterns = [.. _patterns.Where(inForce => Glob.Matches(inForce.Rule.Meter, meter))];
            _patternsOfMeter.Add(meter, patterns);
        }

        return patterns;
    }

    private static void AddFitting(
        IReadOnlyList<RuleInForce> candidates, Series series, SampleContext context, List<RuleInForce> found)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (SeriesAttributes.Fit(candidates[index].Rule.Where, series, context))
            {
                found.Add(candidates[index]);
            }
        }
    }

    private static string? OneResource(AlarmRule rule)
    {
        foreach (var match in rule.Where)
        {
            if (match is { Attribute: "resource_id", Patterns: [var only] } && !Glob.IsPattern(only))
            {
                return only;
            }
        }

        return null;
    }

    private static void Add<TKey>(Dictionary<TKey, List<RuleInForce>> index, TKey key, RuleInForce rule)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var rules))
        {
            index.Add(key, rules = []);
        }

        rules.Add(rule);
    }
}
