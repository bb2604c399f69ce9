using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>The five shapes of a metric, numbered as the fields of the message that hold them.</summary>
internal enum MetricShape
{
    None = 0,
    Gauge = 5,
    Sum = 7,
    Histogram = 9,
    ExponentialHistogram = 10,
    Summary = 11,
}

/// <summary>What is known of a metric of a scope of a resource.</summary>
/// <param name="Id">Its number, for what is below it.</param>
/// <param name="Resource">What it is measured on.</param>
/// <param name="Scope">The name of the instrumentation scope; may be empty.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Kind">What its values are; those of a summary's quantiles, a minimum and a maximum are gauges.</param>
internal sealed record MetricEntry(
    long Id, ResourceEntry Resource, string Scope, string Name, string Unit, MetricShape Shape, MeterKind Kind);
