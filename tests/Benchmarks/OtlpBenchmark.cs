using System.Globalization;
using Ops.Collectors;
using Ops.Collectors.Otlp;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Benchmarks;

/// <summary>Reads OTLP metrics in protobuf on one thread, with four operations on attributes.</summary>
public static class OtlpBenchmark
{
    private const int SeriesCount = 10_000;
    private const int PointsPerRequest = 5_000;
    private const int Requests = 2_000;

    /// <summary>Prints points per CPU second and bytes allocated a point.</summary>
    public static int Run()
    {
        var sink = new Nobody();
        var outlets = new CollectorOutlets(
            new SeriesCatalog(), sink, sink, sink, sink, TimeProvider.System, line => Error.WriteLine(line));
        var receiver = new OtlpReceiver(
            new OtlpOptions
            {
                Attributes =
                [
                    new AttributeOperation(AttributeVerb.Drop, "process.*"),
                    new AttributeOperation(AttributeVerb.Rename, "http.request.method", "method"),
                    new AttributeOperation(AttributeVerb.Set, "site", "north"),
                    new AttributeOperation(AttributeVerb.Keep, "*"),
                ],
            }, outlets);
        var bodies = Enumerable.Range(0, SeriesCount / PointsPerRequest).Select(Body).ToArray();
        Take(receiver, bodies, Requests / 10);
        var taken = sink.Count;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Environment.CpuUsage.TotalTime;
        Take(receiver, bodies, Requests);
        var cpu = (Environment.CpuUsage.TotalTime - clock).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        taken = sink.Count - taken;
        WriteLine(
            $"otlp: {taken / cpu:N0} data points per CPU second ({cpu / taken * 1e9:N0} ns a point, "
            + $"{(double)allocated / taken:0.00} bytes allocated a point, {bodies[0].Length / PointsPerRequest} bytes "
            + $"a point, {SeriesCount:N0} series, four attribute operations)");
        return taken == (long)Requests * PointsPerRequest ? 0 : 1;
    }

    private static void Take(OtlpReceiver receiver, byte[][] bodies, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            receiver.TakeAsync(bodies[i % bodies.Length], OtlpSignal.Metrics, isJson: false, default)
                .GetAwaiter().GetResult();
        }
    }

    /// <summary>Points with four attributes each, on a resource with four.</summary>
    private static byte[] Body(int number)
    {
        var wire = new WireWriter();
        var resources = wire.Open(1);
        var resource = wire.Open(1);
        Attribute(wire, 1, "service.name", "shop");
        Attribute(wire, 1, "service.instance.id", "shop-1");
        Attribute(wire, 1, "host.name", "node-17");
        Attribute(wire, 1, "process.pid", "4711");
        wire.Close(resource);
        var scopes = wire.Open(2);
        var metric = wire.Open(2);
        wire.Text(1, "http.server.request.duration");
        wire.Text(3, "s");
        var sum = wire.Open(7);
        for (var i = 0; i < PointsPerRequest; i++)
        {
            var point = wire.Open(1);
            wire.Fixed64(2, 1_700_000_000_000_000_000);
            wire.Fixed64(3, 1_700_000_000_000_000_000 + (ulong)i);
            wire.Double(4, i * 0.5);
            Attribute(wire, 7, "http.request.method", "GET");
            Attribute(wire, 7, "http.route", "/orders/{id}");
            Attribute(wire, 7, "server.address", "shop.example.org");
            Attribute(
                wire, 7, "pod", "shop-" + ((number * PointsPerRequest) + i).ToString(CultureInfo.InvariantCulture));
            wire.Close(point);
        }

        wire.Varint(2, 2);
        wire.Varint(3, 1);
        wire.Close(sum);
        wire.Close(metric);
        wire.Close(scopes);
        wire.Close(resources);
        return wire.Written.ToArray();
    }

    private static void Attribute(WireWriter wire, int number, string name, string value)
    {
        var pair = wire.Open(number);
        wire.Text(1, name);
        var held = wire.Open(2);
        wire.Text(1, value);
        wire.Close(held);
        wire.Close(pair);
    }

    private sealed class Nobody : ISampleSink, IObservationSink, IEventSink, IAlarmSink
    {
        public long Count { get; private set; }

        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            Count += batch.Count;
            return ValueTask.CompletedTask;
        }

        public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask AcceptAsync(
            IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
