using System.Buffers;
using CsCheck;
using Ops.Model;
using Ops.Pipeline.Publishers.Spill;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class BatchFormTests
{
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public void Samples_come_back_as_they_were()
    {
        var series = _catalog.Intern("m.f", "r", Tags.Of(("host", "ü"), ("z", "")), "m", "f", "db");
        var context = new SampleContext
        {
            Kind = MeterKind.Cumulative, Unit = "B/s", ProjectId = "p", Source = "me", ResourceType = "t",
            ResourceName = "n",
            Metadata = new Dictionary<string, object?>
            {
                ["null"] = null, ["yes"] = true, ["no"] = false, ["long"] = long.MinValue, ["int"] = 7, ["x"] = 1.5,
                ["text"] = "a\"b", ["map"] = new Dictionary<string, object?> { ["a"] = "b" },
                ["list"] = new List<object?> { 1L, "two", null },
            },
        };
        using var batch = Some.Batch(
            new Sample(series, context, -5, -0.0, 3.25), _catalog.Sample("cpu", double.MaxValue),
            new Sample(series, context, long.MaxValue, 1));
        var form = new SampleBatchForm(_catalog);
        using var read = form.Read(Written(form, batch));
        Assert.Equal(3, read!.Count);
        for (var i = 0; i < 3; i++)
        {
            var (was, now) = (batch.Items[i], read.Items[i]);
            Assert.Same(was.Series, now.Series);
            Assert.Equal((was.TimestampNs, was.Volume), (now.TimestampNs, now.Volume));
            Assert.Equal(was.MonotonicSeconds, now.MonotonicSeconds);
        }

        var found = read.Items[0].Context;
        Assert.Same(found, read.Items[2].Context);
        Assert.Equal(
            (MeterKind.Cumulative, "B/s", "p", null, "me", "t", "n"),
            (found.Kind, found.Unit, found.ProjectId, found.UserId, found.Source, found.ResourceType,
                found.ResourceName));
        Assert.Equal(context.Metadata.Keys, found.Metadata.Keys);
        Assert.Equal(7L, found.Metadata["int"]);
        Assert.Equal(1.5, found.Metadata["x"]);
        Assert.Equal([1L, "two", null], Assert.IsType<List<object?>>(found.Metadata["list"]));
    }

    [Fact]
    public void Events_come_back_as_they_were()
    {
        Event[] events =
        [
            new("id", "a.b", 42, [new("t", TraitType.Text, "ü"), new("n", TraitType.Integer, "7")], "{\"x\":1}"),
            new("id2", "c", -1, []),
        ];
        var form = new EventBatchForm();
        var read = form.Read(Written(form, events))!;
        Assert.Equal(2, read.Count);
        Assert.Equal(events[0].Traits, read[0].Traits);
        Assert.Equal(events[0] with { Traits = [] }, read[0] with { Traits = [] });
        Assert.Equal(("id2", "c", -1, null), (read[1].MessageId, read[1].Type, read[1].GeneratedNs, read[1].Raw));
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused()
    {
        var form = new SampleBatchForm(_catalog);
        using var batch = Some.Batch(_catalog.Sample("a", 1), _catalog.Sample("b", 2));
        var whole = Written(form, batch);
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, whole.Length]).Sample(
            (noise, keep) =>
            {
                form.Read(noise)?.Dispose();
                form.Read([1, .. noise])?.Dispose();
                form.Read([.. whole.AsSpan(0, keep), .. noise])?.Dispose();
                new EventBatchForm().Read([1, .. noise]);
            },
            iter: 5000);
        Assert.Null(form.Read(whole.AsSpan(0, whole.Length - 1)));
        Assert.Null(form.Read([2, .. whole.AsSpan(1)]));
    }

    private static byte[] Written<T>(IBatchForm<T> form, T batch)
        where T : class
    {
        var output = new ArrayBufferWriter<byte>();
        form.Write(batch, output);
        return output.WrittenSpan.ToArray();
    }
}
