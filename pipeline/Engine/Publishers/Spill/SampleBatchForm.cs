using System.Buffers;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Batches of samples as records: a series and a context stand once a record, then by number.</summary>
/// <remarks>Record: version 1, count, then per sample: series (0 = new, its definition follows), context (likewise),
/// time, volume, monotonic time.</remarks>
internal sealed class SampleBatchForm(SeriesCatalog catalog) : IBatchForm<SampleBatch>
{
    private const ulong Version = 1;

    public string Noun => "samples";

    public int Count(SampleBatch batch) => batch.Count;

    public void Release(SampleBatch batch) => batch.Dispose();

    public void Write(SampleBatch batch, IBufferWriter<byte> output)
    {
        var writer = new SpillWriter(output);
        var series = new Dictionary<Series, ulong>();
        var contexts = new Dictionary<SampleContext, ulong>(ReferenceEqualityComparer.Instance);
        writer.Number(Version);
        writer.Number((ulong)batch.Count);
        foreach (ref readonly var sample in batch.Items)
        {
            if (IsNew(writer, series, sample.Series))
            {
                Write(writer, sample.Series);
            }

            if (IsNew(writer, contexts, sample.Context))
            {
                Write(writer, sample.Context);
            }

            writer.Signed(sample.TimestampNs);
            writer.Double(sample.Volume);
            writer.Double(sample.MonotonicSeconds);
        }
    }

    public SampleBatch? Read(ReadOnlySpan<byte> record)
    {
        var reader = new SpillReader(record);
        if (reader.Number() != Version)
        {
            return null;
        }

        var series = new List<Series>();
        var contexts = new List<SampleContext>();
        var count = reader.Count();
        var batch = new SampleBatch(Math.Max(16, count));
        for (; count > 0 && !reader.Failed; count--)
        {
            var itsSeries = Series(ref reader, series);
            var itsContext = Context(ref reader, contexts);
            var at = reader.Signed();
            var volume = reader.Double();
            batch.Add(new Sample(itsSeries, itsContext, at, volume, reader.Double()));
        }

        if (reader.IsDone)
        {
            return batch;
        }

        batch.Dispose();
        return null;
    }

    private static bool IsNew<TKey>(SpillWriter writer, Dictionary<TKey, ulong> known, TKey key)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var number))
        {
            writer.Number(number);
            return false;
        }

        known[key] = (ulong)known.Count + 1;
        writer.Number(0);
        return true;
    }

    private static void Write(SpillWriter writer, Series series)
    {
        writer.Text(series.Meter);
        writer.Text(series.ResourceId);
        writer.Number((ulong)series.Dimensions.Count);
        foreach (var (name, value) in series.Dimensions)
        {
            writer.Text(name);
            writer.Text(value);
        }

        writer.Text(series.Measurement);
        writer.Text(series.Field);
        writer.Text(series.Database);
    }

    private static void Write(SpillWriter writer, SampleContext context)
    {
        writer.Number((ulong)context.Kind);
        writer.Text(context.Unit);
        writer.Text(context.ProjectId);
        writer.Text(context.UserId);
        writer.Text(context.Source);
        writer.Text(context.ResourceType);
        writer.Text(context.ResourceName);
        writer.Map(context.Metadata);
    }

    private Series Series(ref SpillReader reader, List<Series> known)
    {
        var number = reader.Number();
        if (number > (ulong)known.Count)
        {
            reader.Fail();
        }

        if (number > 0 && !reader.Failed)
        {
            return known[(int)number - 1];
        }

        var meter = reader.Word();
        var resource = reader.Word();
        var tags = new List<KeyValuePair<string, string>>();
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--)
        {
            var name = reader.Word();
            tags.Add(KeyValuePair.Create(name, reader.Word()));
        }

        var measurement = reader.Word();
        var field = reader.Word();
        var database = reader.Text();
        var series = reader.Failed
            ? NoSeries.Of
            : catalog.Intern(meter, resource, Tags.From(tags), measurement, field, database);
        known.Add(series);
        return series;
    }

    private static SampleContext Context(ref SpillReader reader, List<SampleContext> known)
    {
        var number = reader.Number();
        if (number > (ulong)known.Count)
        {
            reader.Fail();
        }

        if (number > 0 && !reader.Failed)
        {
            return known[(int)number - 1];
        }

        var kind = reader.Number();
        if (kind > (ulong)MeterKind.Cumulative)
        {
            reader.Fail();
        }

        var context = new SampleContext
        {
            Kind = (MeterKind)kind,
            Unit = reader.Word(),
            ProjectId = reader.Text(),
            UserId = reader.Text(),
            Source = reader.Word(),
            ResourceType = reader.Text(),
            ResourceName = reader.Text(),
            Metadata = reader.Map(),
        };
        known.Add(context);
        return context;
    }

    /// <summary>Stands for a series that could not be read; its record is refused as a whole.</summary>
    private static class NoSeries
    {
        public static readonly Series Of = new SeriesCatalog().Intern("", "");
    }
}
