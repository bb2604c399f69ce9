using Ops.Model;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class TransformerConfigTests
{
    [Theory]
    [InlineData(
        "{name: rate_of_chnge}",
        "sink 's' names transformer 'rate_of_chnge', which is unknown; known: accumulator, aggregator, "
        + "arithmetic, delta, rate_of_change, unit_conversion. Did you mean 'rate_of_change'?")]
    [InlineData("{parameters: {}}", "a transformer of sink 's' needs 'name'")]
    [InlineData(
        "{name: delta, params: {}}",
        "unknown key 'params' in a transformer of sink 's'; allowed: name, parameters")]
    [InlineData("{name: delta, parameters: []}", "parameters of delta of sink 's' must be a mapping, found a list")]
    [InlineData(
        "{name: delta, parameters: {growth: true}}",
        "unknown key 'growth' in parameters of delta of sink 's'; allowed: source, target, growth_only")]
    [InlineData(
        "{name: delta, parameters: {growth_only: maybe}}",
        "'growth_only' of delta of sink 's' must be true or false, found 'maybe'")]
    [InlineData(
        "{name: accumulator, parameters: {size: many}}",
        "'size' of accumulator of sink 's' must be a whole number, found 'many'")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: x}}",
        "'target' of unit_conversion of sink 's' must be a mapping, found 'x'")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: {scal: 1}}}",
        "unknown key 'scal' in 'target' of unit_conversion of sink 's'; allowed: name, unit, type, scale, max, "
        + "expr, map_to. Did you mean 'scale'?")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: {type: gouge}}}",
        "'type' of unit_conversion of sink 's' must be one of gauge, delta, cumulative, found 'gouge'. Did you "
        + "mean 'gauge'?")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: {scale: volume +}}}",
        "'scale' of unit_conversion of sink 's' is not a valid expression: column 9: expected a value, found the end")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: {max: lots}}}",
        "'max' of 'target' of unit_conversion of sink 's' must be a number, found 'lots'")]
    [InlineData(
        "{name: rate_of_change, parameters: {source: {map_from: {name: '('}}, target: {map_to: {name: x}}}}",
        "'name' in 'map_from' of rate_of_change of sink 's' is not a valid pattern: Invalid pattern '(' at offset "
        + "1. Not enough )'s")]
    [InlineData(
        "{name: rate_of_change, parameters: {source: {map_from: {name: '(a)'}}, target: {map_to: {name: '\\2'}}}}",
        "'name' in 'map_to' of rate_of_change of sink 's' refers to group '2', but the pattern has 1")]
    [InlineData(
        "{name: rate_of_change, parameters: {source: {map_from: {nam: a}}, target: {map_to: {name: b}}}}",
        "unknown key 'nam' in 'map_from' of rate_of_change of sink 's'; allowed: name, unit. Did you mean 'name'?")]
    [InlineData(
        "{name: aggregator, parameters: {size: 2.5}}",
        "'size' of aggregator of sink 's' must be a whole number, found '2.5'")]
    [InlineData(
        "{name: aggregator, parameters: {retention_time: soon}}",
        "'retention_time' of aggregator of sink 's' must be a number from 0 to 315360000, found 'soon'")]
    [InlineData(
        "{name: arithmetic, parameters: {target: {expr: $(a) +}}}",
        "'expr' of arithmetic of sink 's' is not a valid expression: column 7: expected a value, found the end")]
    public void A_transformer_is_checked(string transformer, string fault)
    {
        var (config, faults) = Read(transformer);
        Assert.Null(config);
        Assert.Equal([fault], faults.Select(one => one.Message));
    }

    [Theory]
    [InlineData(
        "{name: arithmetic, parameters: {target: {expr: 1 + 2}}}",
        "'expr' of arithmetic of sink 's' names no meter, such as $(cpu), so that nothing comes out")]
    [InlineData(
        "{name: arithmetic}",
        "'expr' of arithmetic of sink 's' names no meter, such as $(cpu), so that nothing comes out")]
    [InlineData(
        "{name: aggregator, parameters: {user_id: lst}}",
        "'user_id' of aggregator of sink 's' must be one of first, last, found 'lst'; taken as last. Did you mean "
        + "'last'?")]
    [InlineData(
        "{name: aggregator, parameters: {timestamp: drop}}",
        "'timestamp' of aggregator of sink 's' must be one of first, last, found 'drop'; taken as first")]
    [InlineData(
        "{name: rate_of_change, parameters: {target: {scale: 2}}}",
        "'scale' of rate_of_change of sink 's' is a number, which multiplies the rate by the volume as well; "
        + "write it as text to scale the rate alone")]
    [InlineData(
        "{name: unit_conversion, parameters: {target: {scale: 1 / 0}}}",
        "'scale' of unit_conversion of sink 's' drops every sample: division by zero")]
    [InlineData("{name: delta, parameters: {target: {unit: x}}}", "'unit' has no effect in delta of sink 's'")]
    public void What_is_odd_is_a_warning(string transformer, string warning)
    {
        var (config, _, warnings) = ReadAll(transformer);
        Assert.NotNull(config);
        Assert.Equal([warning], warnings.Select(one => one.Message));
    }

    private static (object? Config, IReadOnlyList<ConfigFault> Faults) Read(string transformer)
    {
        var (config, faults, _) = ReadAll(transformer);
        return (config, faults);
    }

    private static (object? Config, IReadOnlyList<ConfigFault> Faults, IReadOnlyList<ConfigFault> Warnings)
        ReadAll(string transformer)
    {
        var (config, faults) = Some.Read(
            "sources: [{name: a, meters: [x], sinks: [s]}]\n"
            + $"sinks: [{{name: s, publishers: [test], transformers: [{transformer}]}}]");
        return (config, faults.All, faults.Warnings);
    }
}
