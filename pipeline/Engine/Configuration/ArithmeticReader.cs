using Ops.Model;
using Ops.Pipeline.Expressions;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline.Configuration;

/// <summary>Reads the parameters of an arithmetic transformer.</summary>
internal static class ArithmeticReader
{
    public static TransformerPlan? Read(ConfigNode parameters, string what, ConfigFaults faults)
    {
        faults.Keys(parameters, $"parameters of {what}", "source", "target");
        var target = ConversionReader.Part(parameters, "target", what);
        faults.Keys(target, $"'target' of {what}", "name", "unit", "type", "expr", "scale", "max", "map_to");
        ConversionReader.WarnInert(target, what, faults, ["scale", "max", "map_to"]);
        var text = faults.Text(target, "expr", $"'target' of {what}") ?? "";
        var node = target["expr"] ?? target;
        if (text.Length == 0)
        {
            text = "0";
        }

        if (!Expression.TryParseOverMeters(text, out var expression, out var problem))
        {
            faults.Add(node, $"'expr' of {what} is not a valid expression: {problem}");
            return null;
        }

        if (expression.Meters.Count == 0)
        {
            faults.Warn(node, $"'expr' of {what} names no meter, such as $(cpu), so that nothing comes out");
        }

        var rule = new ArithmeticRule
        {
            Expression = expression,
            TargetName = faults.Text(target, "name", $"'target' of {what}"),
            TargetUnit = faults.Text(target, "unit", $"'target' of {what}"),
            TargetKind = ConversionReader.ReadKind(target, what, faults),
        };
        return new TransformerPlan("arithmetic", (series, _) => new ArithmeticTransformer(rule, series));
    }
}
