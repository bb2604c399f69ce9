namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>The five operational severities, in the order in which Vitrage counts them.</summary>
/// <remarks>Source: Vitrage 9, datasources_values of deduced alarms.</remarks>
internal static class VitrageSeverities
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = ["SEVERE", "CRITICAL", "WARNING", "OK", "N/A"];

    /// <summary>What a severity as said by a monitor or a template comes to.</summary>
    public static string Operational(string said) => said.ToUpperInvariant() switch
    {
        "CRITICAL" or "DISASTER" or "FATAL" or "DOWN" => "CRITICAL",
        "SEVERE" or "MAJOR" or "HIGH" or "ERROR" or "AVERAGE" or "MODERATE" or "PAGE" => "SEVERE",
        "WARNING" or "MINOR" or "LOW" or "WARN" or "TICKET" => "WARNING",
        "OK" or "INFORMATION" or "INFO" => "OK",
        _ => "N/A",
    };
}
