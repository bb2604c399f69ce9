using Ops.Model;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline.Configuration;

/// <summary>Reads the parameters of an aggregator.</summary>
internal static class AggregationReader
{
    /// <summary>The longest retention: ten years.</summary>
    private const double RetentionSecondsMax = 315_360_000;

    public static TransformerPlan Read(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(
            parameters,
            $"parameters of {what}",
            "size", "retention_time", "project_id", "user_id", "resource_metadata", "timestamp", "source", "target");
        var size = parameters["size"] is null ? 1 : faults.Integer(parameters, "size", what) ?? 0;
        var retention = faults.Number(parameters, "retention_time", what, 0, RetentionSecondsMax) ?? 0;
        var rule = new AggregationRule
        {
            Conversion = ConversionReader.Read(parameters, what, faults),
            Size = size != 0 ? size : retention == 0 ? 1 : null,
            Retention = retention == 0 ? null : TimeSpan.FromSeconds(retention),
            Project = Policy(parameters, "project_id", MergePolicy.Key, what, faults),
            User = Policy(parameters, "user_id", MergePolicy.Key, what, faults),
            Metadata = Policy(parameters, "resource_metadata", MergePolicy.Last, what, faults),
            Timestamp = Policy(parameters, "timestamp", MergePolicy.First, what, faults),
        };
        return new TransformerPlan("aggregator", (series, time) => new AggregatorTransformer(rule, series, time));
    }

    /// <summary>A policy's word; an unknown one is a warning and means last (for the timestamp: first).</summary>
    private static MergePolicy Policy(
        ConfigNode parameters, string key, MergePolicy absent, string what, ConfigFaults faults)
    {
        var word = faults.Text(parameters, key, what);
        var drops = key == "resource_metadata";
        switch (word)
        {
            case null or "": return absent;
            case "first": return MergePolicy.First;
            case "last": return MergePolicy.Last;
            case "drop" when drops: return MergePolicy.Drop;
        }

        var fallback = key == "timestamp" ? MergePolicy.First : MergePolicy.Last;
        string[] allowed = drops ? ["first", "last", "drop"] : ["first", "last"];
        faults.Warn(parameters[key]!, $"'{key}' of {what} must be one of {string.Join(", ", allowed)}, "
            + $"found '{word}'; "
            + $"taken as {(fallback == MergePolicy.First ? "first" : "last")}{NearestName.Hint(word, allowed)}");
        return fallback;
    }
}
