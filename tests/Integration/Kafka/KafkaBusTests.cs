using System.Text;
using Confluent.Kafka;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Pipeline.Buses;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Integration.Kafka;

/// <summary>Samples over the Kafka bus: a real old broker with workers that die, and librdkafka's mock cluster for the
/// newer protocol.</summary>
public sealed class KafkaBusTests
{
    private readonly PublishedSamples _some = new();

    [Fact]
    public async Task A_worker_takes_over_from_one_that_was_killed_and_no_sample_is_lost()
    {
        await using var kafka = new KafkaBroker();
        await kafka.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ops-bus-").FullName;
        await using var bus = new KafkaSampleBus(BusWorker.Options(kafka.Address, "ops.samples"), TimeProvider.System);
        var sent = 0;
        async Task SendAsync(int batches)
        {
            for (var i = 0; i < batches; i++)
            {
                using var batch = PublishedSamples.Batch(
                    Enumerable.Range(sent, 200).Select(volume => _some.Polled("m", $"r{volume % 40}", volume)));
                sent += 200;
                await bus.AcceptAsync(batch, default);
            }
        }

        await SendAsync(1);
        using var first = BusWorker.Start(kafka.Address, "ops.samples", Path.Combine(folder, "first"));
        using var second = BusWorker.Start(kafka.Address, "ops.samples", Path.Combine(folder, "second"));
        await ServerProcess.WaitAsync("both workers to share the partitions", TimeSpan.FromSeconds(30), async () =>
        {
            await SendAsync(1);
            return first.Lines().Length > 0 && second.Lines().Length > 0;
        });
        await SendAsync(5);
        first.Kill();
        await SendAsync(20);
        await ServerProcess.WaitAsync("the other one to take over", TimeSpan.FromSeconds(40), () =>
            Task.FromResult(first.Lines().Concat(second.Lines()).Distinct().Count() == sent));
        var all = first.Lines().Concat(second.Lines()).ToList();
        Assert.Equal(
            Enumerable.Range(0, sent).Select(volume => $"r{volume % 40} {volume}").Order(), all.Distinct().Order());
        Assert.Equal(
            (sent, sent, 0, 0), (bus.Counts.Received, bus.Counts.Sent, bus.Counts.Queued, bus.Counts.Refused));

        // What was through but not committed when the worker was killed may come a second time: at most one batch.
        Assert.InRange(all.Count - sent, 0, 4096);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_newer_protocol_is_idempotent_and_poison_and_repetitions_are_counted()
    {
        using var cluster = new ProducerBuilder<byte[], byte[]>(new Dictionary<string, string>
        {
            ["test.mock.num.brokers"] = "3",
        }).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(cluster.Handle).Build();
        var brokers = string.Join(
            ',', admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers.Select(broker => $"{broker.Host}:{broker.Port}"));
        var options = new KafkaBusOptions
        {
            Connection = new KafkaConnection { Brokers = brokers },
            Producer = new KafkaProducerOptions { IsIdempotent = true, Compression = "lz4" },
        };
        await using var bus = new KafkaSampleBus(options, TimeProvider.System);
        var samples = Enumerable.Range(0, 3000).Select(i => _some.Polled($"m{i % 10}", $"r{i % 50}", i)).ToList();
        using var batch = PublishedSamples.Batch(samples);
        await bus.AcceptAsync(batch, default);
        await cluster.ProduceAsync("ops.samples", new Message<byte[], byte[]> { Value = "poison"u8.ToArray() });
        var twice = Encoding.UTF8.GetBytes(
            "{\"v\":1,\"meter\":\"m\",\"resource_id\":\"r\",\"type\":\"gauge\",\"points\":[[1,1],[2,2]]}\n");
        await cluster.ProduceAsync("ops.samples", new Message<byte[], byte[]> { Key = [1], Value = twice });
        await cluster.ProduceAsync("ops.samples", new Message<byte[], byte[]> { Key = [1], Value = twice });

        var sink = new CollectingSink();
        var warnings = new List<string>();
        var source = new KafkaSampleSource(options, new SeriesCatalog(), sink, TimeProvider.System, warnings.Add);
        using var stop = new CancellationTokenSource();
        var running = source.RunAsync(stop.Token);
        await ServerProcess.WaitAsync(
            "all samples", TimeSpan.FromSeconds(30), () => Task.FromResult(source.Counts.Received == 3004));
        await ServerProcess.WaitAsync(
            "them to be through", TimeSpan.FromSeconds(5), () => Task.FromResult(source.Counts.Accepted == 3002));
        await stop.CancelAsync();
        await running;
        Assert.Equal(new BusSourceCounts(source.Counts.Messages, 3004, 3002, 2, 1), source.Counts);
        Assert.Equal(
            samples.Select(sample => sample.Volume).Append(1).Append(2).Order(), sink.Volumes.Order());
        Assert.Contains(warnings, text => text.EndsWith("(1 so far): line 1: it has no 'points'"));

        // A second worker of the group begins where the first one left.
        var rest = new KafkaSampleSource(options, new SeriesCatalog(), sink, TimeProvider.System);
        using var soon = new CancellationTokenSource();
        running = rest.RunAsync(soon.Token);
        await bus.AcceptAsync(PublishedSamples.Batch([_some.Polled("last", "r1", 99)]), default);
        await ServerProcess.WaitAsync(
            "the last sample", TimeSpan.FromSeconds(30), () => Task.FromResult(rest.Counts.Accepted > 0));
        await soon.CancelAsync();
        await running;
        Assert.Equal(1, rest.Counts.Received);
    }

    private sealed class CollectingSink : ISampleSink
    {
        public List<double> Volumes { get; } = [];

        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            foreach (ref readonly var sample in batch.Items)
            {
                Volumes.Add(sample.Volume);
            }

            return ValueTask.CompletedTask;
        }
    }
}
