using Ops.Model;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline.Configuration;

/// <summary>Reads one entry of a sink's <c>transformers</c>: its <c>name</c> and <c>parameters</c>.</summary>
internal static class TransformerReader
{
    private static readonly string[] Names =
        ["accumulator", "aggregator", "arithmetic", "delta", "rate_of_change", "unit_conversion"];

    public static TransformerPlan? Read(ConfigNode node, string sink, ConfigFaults faults)
    {
        if (!faults.Keys(node, $"a transformer of {sink}", "name", "parameters"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", $"a transformer of {sink}");
        if (name.Length == 0)
        {
            return null;
        }

        var what = $"{name} of {sink}";
        var parameters = node["parameters"];
        if (parameters is null || parameters.IsNull)
        {
            parameters = ConfigNode.Mapping([], node.File, node.Line, node.Column);
        }

        var before = faults.All.Count;
        var plan = name switch
        {
            "accumulator" => Accumulator(parameters, what, faults),
            "aggregator" => AggregationReader.Read(parameters, what, faults),
            "arithmetic" => ArithmeticReader.Read(parameters, what, faults),
            "delta" => Delta(parameters, what, faults),
            "rate_of_change" => RateOfChange(parameters, what, faults),
            "unit_conversion" => UnitConversion(parameters, what, faults),
            _ => null,
        };
        if (!Names.Contains(name))
        {
            faults.Add(node["name"]!, $"{sink} names transformer '{name}', which is unknown; known: "
                + string.Join(", ", Names) + NearestName.Hint(name, Names));
        }

        return faults.All.Count == before ? plan : null;
    }

    private static TransformerPlan Accumulator(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(parameters, $"parameters of {what}", "size");
        var size = faults.Integer(parameters, "size", what) ?? 1;
        return new TransformerPlan("accumulator", (_, _) => new AccumulatorTransformer(size));
    }

    private static TransformerPlan Delta(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(parameters, $"parameters of {what}", "source", "target", "growth_only");
        var rule = ConversionReader.Read(parameters, what, faults, "unit", "type", "scale", "max");
        var growthOnly = faults.Bool(parameters, "growth_only", what) ?? false;
        return new TransformerPlan("delta", (series, _) => new DeltaTransformer(rule, growthOnly, series));
    }

    private static TransformerPlan RateOfChange(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(parameters, $"parameters of {what}", "source", "target");
        var rule = ConversionReader.Read(parameters, what, faults);
        if (rule.Factor is not null)
        {
            faults.Warn(
                parameters["target"]!["scale"]!,
                $"'scale' of {what} is a number, which multiplies the rate by the volume as well; "
                + "write it as text to scale the rate alone");
        }

        return new TransformerPlan("rate_of_change", (series, _) => new RateOfChangeTransformer(rule, series));
    }

    private static TransformerPlan UnitConversion(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(parameters, $"parameters of {what}", "source", "target");
        var rule = ConversionReader.Read(parameters, what, faults);
        return new TransformerPlan("unit_conversion", (series, _) => new UnitConversionTransformer(rule, series));
    }
}
