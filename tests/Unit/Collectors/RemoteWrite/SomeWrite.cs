using Ops.Collectors.RemoteWrite;
using Ops.Collectors.Wire;
using Ops.Unit.Collectors.Wire;
using Snappier;

namespace Ops.Unit.Collectors.RemoteWrite;

/// <summary>A receiver, and requests for it.</summary>
internal sealed class SomeWrite
{
    public const long AtMs = 1_700_000_000_000;

    public SomeWrite(RemoteWriteLimits? limits = null) => Receiver = new RemoteWriteReceiver(Outlets.Outlets, limits);

    public SomeOutlets Outlets { get; } = new();

    public RemoteWriteReceiver Receiver { get; }

    public Task<RemoteWriteResult> TakeAsync(Action<WireWriter> request)
    {
        var wire = new WireWriter();
        request(wire);
        return Receiver.TakeAsync(Snappy.CompressToArray(wire.Written), default);
    }

    /// <summary>A series with samples a second apart.</summary>
    public static void Series(WireWriter wire, string labels, params double[] values)
    {
        var series = wire.Open(1);
        Labels(wire, labels);
        for (var i = 0; i < values.Length; i++)
        {
            Sample(wire, values[i], AtMs + (i * 1000));
        }

        wire.Close(series);
    }

    public static void Labels(WireWriter wire, string labels)
    {
        foreach (var label in labels.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = label.Split('=');
            var pair = wire.Open(1);
            wire.Text(1, parts[0]);
            wire.Text(2, parts[1]);
            wire.Close(pair);
        }
    }

    public static void Sample(WireWriter wire, double value, long ms)
    {
        var sample = wire.Open(2);
        wire.Double(1, value);
        wire.Varint(2, (ulong)ms);
        wire.Close(sample);
    }

    public static void Metadata(WireWriter wire, string metric, ulong type)
    {
        var metadata = wire.Open(3);
        wire.Varint(1, type);
        wire.Text(2, metric);
        wire.Close(metadata);
    }
}
