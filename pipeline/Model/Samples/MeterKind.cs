namespace Ops.Model;

/// <summary>How the values of a meter relate to each other.</summary>
public enum MeterKind
{
    /// <summary>A value that stands for itself, such as a temperature.</summary>
    Gauge,

    /// <summary>The change since the sample before.</summary>
    Delta,

    /// <summary>A counter that only grows until its owner restarts.</summary>
    Cumulative,
}

/// <summary>The words of <see cref="MeterKind"/> as Ceilometer's files and wire formats write them.</summary>
public static class MeterKinds
{
    /// <summary>Returns <c>gauge</c>, <c>delta</c> or <c>cumulative</c>.</summary>
    public static string Word(this MeterKind kind) => kind switch
    {
        MeterKind.Gauge => "gauge",
        MeterKind.Delta => "delta",
        _ => "cumulative",
    };

    /// <summary>Reads one of the three words; case matters.</summary>
    public static bool TryParse(string? word, out MeterKind kind)
    {
        kind = word switch { "delta" => MeterKind.Delta, "cumulative" => MeterKind.Cumulative, _ => MeterKind.Gauge };
        return word is "gauge" or "delta" or "cumulative";
    }
}
