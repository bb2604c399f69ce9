using Ops.Model;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Publishes batches through a target's queue, with short back-off.</summary>
internal static class Published
{
    public static async Task<(PublisherCounts Counts, List<string> Warnings)> ThroughAsync(
        string address, params SampleBatch[] batches)
    {
        var warnings = new List<string>();
        var options = new PublisherCatalogOptions { Warn = warnings.Add };
        var catalog = PublisherCatalog.BuiltIn(new FakeSink(), options);
        Assert.True(catalog.TryOpen(address, out var publisher, out var problem), problem);
        foreach (var batch in batches)
        {
            await publisher.PublishAsync(batch, default);
        }

        await publisher.DisposeAsync();
        Assert.True(publisher.Counts.Balances);
        return (publisher.Counts, warnings);
    }

    public static string Refusal(string address)
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeSink(), new PublisherCatalogOptions());
        Assert.False(catalog.TryOpen(address, out _, out var problem));
        return problem!;
    }

    private sealed class FakeSink : ISampleSink
    {
        public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
