using Ops.Model;

namespace Ops.Rca.StateValues;

/// <summary>
/// Reads a state-values file, in Vitrage's form. The file's name without its ending is the entity type.
/// </summary>
/// <remarks>
/// <code>
/// category: RESOURCE | ALARM
/// values:
///   - aggregated values:
///       priority: 40                # 0 .. 1000, the higher the worse
///       original values:
///         - {name: ERROR, operational_value: ERROR}
/// </code>
/// </remarks>
public static class StateValuesReader
{
    private const int PriorityMax = 1000;
    private static readonly string[] Categories = ["RESOURCE", "ALARM"];
    private static readonly string[] ResourceWords = ["N/A", "OK", "TRANSIENT", "SUBOPTIMAL", "ERROR", "DELETED"];
    private static readonly string[] AlarmWords = ["N/A", "OK", "WARNING", "SEVERE", "CRITICAL"];

    /// <summary>Reads the table of one type; null with faults where the document is broken.</summary>
    public static StateValueTable? Read(ConfigNode root, string type, ConfigFaults faults)
    {
        var before = faults.All.Count;
        if (!faults.Keys(root, "state values", "category", "values"))
        {
            return null;
        }

        var category = faults.RequiredText(root, "category", "state values");
        if (category.Length > 0 && !Categories.Contains(category))
        {
            faults.NotOneOf(root["category"]!, "'category' of state values", Categories);
        }

        if (root["values"] is null)
        {
            faults.Add(root, "state values needs 'values'");
        }

        var words = new Dictionary<string, StateValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in faults.List(root, "values", "state values"))
        {
            if (faults.Keys(item, "a value", "aggregated values"))
            {
                ReadAggregated(item, category == "ALARM" ? AlarmWords : ResourceWords, words, faults);
            }
        }

        return faults.All.Count == before ? new StateValueTable(type, category, words) : null;
    }

    private static void ReadAggregated(
        ConfigNode item, string[] operationalWords, Dictionary<string, StateValue> words, ConfigFaults faults)
    {
        if (item["aggregated values"] is not { } aggregated)
        {
            faults.Add(item, "a value needs 'aggregated values'");
            return;
        }

        if (!faults.Keys(aggregated, "aggregated values", "priority", "original values"))
        {
            return;
        }

        if (aggregated["priority"] is null)
        {
            faults.Add(aggregated, "aggregated values needs 'priority'");
        }

        var priority = faults.Integer(aggregated, "priority", "aggregated values", 0, PriorityMax) ?? 0;
        foreach (var original in faults.List(aggregated, "original values", "aggregated values"))
        {
            if (!faults.Keys(original, "an original value", "name", "operational_value"))
            {
                continue;
            }

            var name = faults.RequiredText(original, "name", "an original value");
            var operational = faults.RequiredText(original, "operational_value", "an original value");
            if (operational.Length > 0 && !operationalWords.Contains(operational))
            {
                faults.NotOneOf(original["operational_value"]!, "'operational_value'", operationalWords);
            }

            if (name.Length > 0 && !words.TryAdd(name, new StateValue(priority, operational)))
            {
                faults.Add(original, $"'{name}' occurs twice");
            }
        }
    }
}
