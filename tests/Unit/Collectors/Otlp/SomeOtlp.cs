using Ops.Collectors.Otlp;
using Ops.Collectors.Wire;
using Ops.Unit.Collectors.Wire;

namespace Ops.Unit.Collectors.Otlp;

/// <summary>A receiver, and requests for it.</summary>
internal sealed class SomeOtlp
{
    public const long At = 1_700_000_000_000_000_000;

    public SomeOtlp(OtlpOptions? options = null, OtlpLimits? limits = null) =>
        Receiver = new OtlpReceiver(options ?? new OtlpOptions(), Outlets.Outlets, limits);

    public SomeOutlets Outlets { get; } = new();

    public OtlpReceiver Receiver { get; }

    public Task<OtlpResult> MetricsAsync(ReadOnlySpan<byte> body) =>
        Receiver.TakeAsync(body.ToArray(), OtlpSignal.Metrics, isJson: false, default);

    /// <summary>Takes one metric of the resource <c>service.name=shop</c>.</summary>
    public Task<OtlpResult> MetricAsync(Action<WireWriter> metric) =>
        MetricsAsync(Request(metric, ("service.name", "shop")));

    /// <summary>A request with one metric.</summary>
    public static byte[] Request(Action<WireWriter> metric, params (string Name, string Value)[] resource)
    {
        var wire = new WireWriter();
        var resources = wire.Open(1);
        var described = wire.Open(1);
        Attributes(wire, 1, resource);
        wire.Close(described);
        var scopes = wire.Open(2);
        var item = wire.Open(2);
        metric(wire);
        wire.Close(item);
        wire.Close(scopes);
        wire.Close(resources);
        return wire.Written.ToArray();
    }

    /// <summary>A metric of one shape.</summary>
    public static void Metric(
        WireWriter wire, string name, string unit, int shape, Action<WireWriter> points, ulong temporality = 0,
        bool isMonotonic = false)
    {
        wire.Text(1, name);
        wire.Text(3, unit);
        var data = wire.Open(shape);
        points(wire);
        if (temporality != 0)
        {
            wire.Varint(2, temporality);
        }

        if (isMonotonic)
        {
            wire.Varint(3, 1);
        }

        wire.Close(data);
    }

    /// <summary>A point with a number.</summary>
    public static void Number(WireWriter wire, double value, params (string Name, string Value)[] attributes)
    {
        var point = wire.Open(1);
        wire.Fixed64(3, At);
        wire.Double(4, value);
        Attributes(wire, 7, attributes);
        wire.Close(point);
    }

    public static void Attributes(WireWriter wire, int number, params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
        {
            var pair = wire.Open(number);
            wire.Text(1, name);
            var held = wire.Open(2);
            wire.Text(1, value);
            wire.Close(held);
            wire.Close(pair);
        }
    }
}
