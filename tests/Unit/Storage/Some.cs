using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Storage;

namespace Ops.Unit.Storage;

/// <summary>Stores and samples for tests. Second 0 is 2023-11-14T22:13:20Z.</summary>
internal static class Some
{
    public const long Second0Ns = 1_700_000_000_000_000_000;

    public static FakeTimeProvider Clock() => new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    public static long At(double seconds) => Second0Ns + (long)(seconds * 1e9);

    public static DateTimeOffset Time(double seconds) => Timestamps.FromUnixNs(At(seconds));

    public static Store Store(
        TempFolder folder, SeriesCatalog catalog, StoreOptions? options = null, TimeProvider? time = null,
        Action<string>? report = null) =>
        Ops.Storage.Store.Open(folder.File("data"), catalog, options ?? new StoreOptions(), time ?? Clock(), report);

    public static ValueTask WriteAsync(
        this ISampleSink sink, Series series, params (double Second, double Value)[] points) =>
        sink.WriteAsync(series, SampleContext.Plain, points);

    public static async ValueTask WriteAsync(
        this ISampleSink sink, Series series, SampleContext context, params (double Second, double Value)[] points)
    {
        using var batch = new SampleBatch();
        foreach (var (second, value) in points)
        {
            batch.Add(new Sample(series, context, At(second), value));
        }

        await sink.AcceptAsync(batch, CancellationToken.None);
    }

    /// <summary>Opens the store, lets the test write, and closes it.</summary>
    public static async Task InStoreAsync(
        TempFolder folder, Func<Store, SeriesCatalog, Task> test, TimeProvider? time = null)
    {
        var catalog = new SeriesCatalog();
        await using var store = Store(folder, catalog, time: time);
        await test(store, catalog);
    }
}
