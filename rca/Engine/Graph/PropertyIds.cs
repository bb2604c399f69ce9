namespace Ops.Rca.Graph;

/// <summary>Numbers of the vertex properties that the graph itself knows; others follow as they are seen.</summary>
internal static class PropertyIds
{
    public const int Category = 0;
    public const int Type = 1;
    public const int Id = 2;
    public const int Name = 3;
    public const int State = 4;
    public const int DeducedState = 5;
    public const int AggregatedState = 6;
    public const int OperationalState = 7;
    public const int Severity = 8;
    public const int AggregatedSeverity = 9;
    public const int OperationalSeverity = 10;
    public const int MarkedDown = 11;
    public const int ResourceId = 12;
    public const int ResourceType = 13;
    public const int IsDeleted = 14;
    public const int IsPlaceholder = 15;
    public const int SampleTimestamp = 16;

    /// <summary>The number of the first property that is kept as observed.</summary>
    public const int FirstObserved = 17;

    /// <summary>The names, those above in order.</summary>
    public static Symbols NewNames()
    {
        var names = new Symbols();
        foreach (var name in (ReadOnlySpan<string>)[
            "vitrage_category", "vitrage_type", "id", "name", "state", "vitrage_state", "vitrage_aggregated_state",
            "vitrage_operational_state", "severity", "vitrage_aggregated_severity", "vitrage_operational_severity",
            "is_marked_down", "vitrage_resource_id", "vitrage_resource_type", "vitrage_is_deleted",
            "vitrage_is_placeholder", "vitrage_sample_timestamp"])
        {
            names.Of(name);
        }

        return names;
    }

    /// <summary>Whether templates can change it, so that it may differ from one step of settling to the next.</summary>
    public static bool IsDerived(int property) =>
        property is (>= DeducedState and <= MarkedDown);
}
