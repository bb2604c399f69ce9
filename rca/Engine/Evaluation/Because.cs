namespace Ops.Rca.Evaluation;

/// <summary>The scenarios that hold a fact up.</summary>
internal static class Because
{
    /// <summary>Each once, by template and number.</summary>
    public static List<CompiledScenario> Of(Fact fact)
    {
        var scenarios = new List<CompiledScenario>(1);
        foreach (ref readonly var support in fact.Supports)
        {
            if (support.Count > 0 && !scenarios.Contains(support.Action.Scenario))
            {
                scenarios.Add(support.Action.Scenario);
            }
        }

        if (scenarios.Count > 1)
        {
            scenarios.Sort(static (one, other) =>
                string.CompareOrdinal(one.Template, other.Template) is not 0 and var order
                    ? order
                    : one.Source.Index.CompareTo(other.Source.Index));
        }

        return scenarios;
    }
}
