using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Integration.Support;

/// <summary>Opens publishers as the program does, and makes samples for them.</summary>
public sealed class PublishedSamples
{
    public SeriesCatalog Catalog { get; } = new();

    public List<string> Warnings { get; } = [];

    /// <summary>Now, to the second, in nanoseconds.</summary>
    public static long NowNs { get; } =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ToUnixNs();

    public IPublisher Open(string address)
    {
        var options = new PublisherCatalogOptions { Warn = Warn };
        var catalog = PublisherCatalog.BuiltIn(new NoStore(), options);
        Assert.True(catalog.TryOpen(address, out var publisher, out var problem), problem);
        return publisher;
    }

    /// <summary>Publishes one batch and drains the queue.</summary>
    public async Task<PublisherCounts> PublishAsync(string address, params Sample[] samples)
    {
        var publisher = Open(address);
        using var batch = Batch(samples);
        await publisher.PublishAsync(batch, default);
        await publisher.DisposeAsync();
        Assert.True(publisher.Counts.Balances);
        return publisher.Counts;
    }

    public static SampleBatch Batch(IEnumerable<Sample> samples)
    {
        var batch = new SampleBatch();
        foreach (var sample in samples)
        {
            batch.Add(sample);
        }

        return batch;
    }

    public Sample Polled(
        string meter, string resource, double volume, int second = 0, MeterKind kind = MeterKind.Gauge) =>
        new(
            Catalog.Intern(meter, resource), new SampleContext { Kind = kind, Unit = "B", ProjectId = "p1" },
            NowNs + (second * 1_000_000_000L), volume);

    public Sample Field(string measurement, string field, string host, double volume, int second = 0) =>
        new(
            Catalog.Intern(
                field == "value" ? measurement : $"{measurement}.{field}", host, Tags.Of(("host", host)), measurement,
                field, "db"),
            SampleContext.Plain, NowNs + (second * 1_000_000_000L), volume);

    private void Warn(string text)
    {
        lock (Warnings)
        {
            Warnings.Add(text);
        }
    }

    private sealed class NoStore : ISampleSink
    {
        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
