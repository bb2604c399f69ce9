using System.Text;
using CsCheck;
using Ops.Pipeline.Publishers.Spill;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class SpillQueueTests : IDisposable
{
    private const long Plenty = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("ops-spill-").FullName;
    private readonly List<string> _warnings = [];

    [Fact]
    public void Records_come_out_in_the_order_they_went_in()
    {
        using var queue = Open();
        Append(queue, "a", "b", "c");
        Assert.Equal(3, queue.Items);
        Assert.Equal(["a", "b", "c"], Drain(queue));
        Assert.True(queue.IsEmpty);
        Assert.Empty(Segments());
    }

    [Fact]
    public void What_was_not_removed_is_there_after_a_restart()
    {
        using (var queue = Open())
        {
            Append(queue, "a", "b", "c");
            Take(queue);
        }

        using var again = Open();
        Assert.Equal(2, again.Items);
        Append(again, "d");
        Assert.Equal(["b", "c", "d"], Drain(again));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(13)]
    public void A_torn_tail_is_cut(int bytesLost)
    {
        using (var queue = Open())
        {
            Append(queue, "first", "second");
        }

        var path = Assert.Single(Segments());
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - bytesLost);
        }

        using var again = Open();
        Assert.Equal(["first"], Drain(again));
        Assert.Equal([$"'{path}' ended in {18 - bytesLost} bytes that are no whole record, and was cut"], _warnings);
    }

    [Fact]
    public void A_record_that_changed_on_disk_is_lost_with_what_follows_in_its_file_and_counted()
    {
        using var queue = Open();
        Append(queue, "one", "two", "three");
        Take(queue);
        var path = Assert.Single(Segments());
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = file.Length - 19;
            file.WriteByte((byte)'!');
        }

        Assert.Null(queue.Peek(out _, out var lost));
        Assert.Equal(2, lost);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void It_takes_no_more_than_its_limit()
    {
        using var queue = Open(bytesMax: 100_000);
        var record = new byte[100];
        var written = 0;
        while (queue.Append(record, 1) == SpillOutcome.Written)
        {
            written++;
        }

        Assert.InRange(queue.Bytes, 99_000, 100_000);
        Assert.Equal(SpillOutcome.Full, queue.Append(record, 1));
        Assert.Equal(written, queue.Items);
        Assert.Equal(written, Drain(queue).Count);
        Assert.Equal(SpillOutcome.Written, queue.Append(record, 1));
    }

    [Fact]
    public void What_is_put_in_front_comes_first_after_a_restart_too()
    {
        using (var queue = Open())
        {
            Append(queue, "c", "d");
            Assert.Equal(
                [SpillOutcome.Written, SpillOutcome.Written], queue.Prepend([(Bytes("a"), 1), (Bytes("b"), 1)]));
        }

        using (var queue = Open())
        {
            queue.Prepend([(Bytes("0"), 1)]);
        }

        using var again = Open();
        Append(again, "e");
        Assert.Equal(["0", "a", "b", "c", "d", "e"], Drain(again));
    }

    [Fact]
    public void A_second_one_on_the_same_folder_has_to_wait()
    {
        using var queue = Open();
        Assert.Null(SpillQueue.TryOpen(_folder, Plenty));
        queue.Dispose();
        using var again = Open();
    }

    [Fact]
    public void Files_that_hold_anything_else_are_cut_or_left_alone()
    {
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(_folder, "abc.spill"), "mine");
        File.WriteAllText(Path.Combine(_folder, "0000000007.spill"), "not a segment at all");
        using var queue = Open();
        Assert.True(queue.IsEmpty);
        Assert.Equal(["abc.spill"], Segments().Select(Path.GetFileName));
        Assert.Single(_warnings);
    }

    [Fact]
    public void Any_damage_gives_a_beginning_of_what_was_written_and_no_exception() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).Sample(
            (at, value, length) =>
            {
                var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                using (var queue = SpillQueue.TryOpen(folder, Plenty)!)
                {
                    Append(queue, [.. Enumerable.Range(0, 10).Select(i => $"record number {i}")]);
                }

                var path = Directory.EnumerateFiles(folder, "*.spill").Single();
                var bytes = File.ReadAllBytes(path);
                bytes[at % bytes.Length] = value;
                File.WriteAllBytes(path, bytes[..Math.Max(1, bytes.Length - length)]);
                using var again = SpillQueue.TryOpen(folder, Plenty, _ => { })!;
                var left = Drain(again);
                Assert.True(left.Count <= 10);
                Assert.All(left, one => Assert.Matches("^record number [0-9]$", one));
                again.Dispose();
                Directory.Delete(folder, recursive: true);
            },
            iter: 200);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void Append(SpillQueue queue, params string[] records)
    {
        foreach (var record in records)
        {
            Assert.Equal(SpillOutcome.Written, queue.Append(Bytes(record), 1));
        }
    }

    private static string? Take(SpillQueue queue)
    {
        if (queue.Peek(out var items, out _) is not { } record)
        {
            return null;
        }

        queue.Remove(record.Length, items);
        return Encoding.UTF8.GetString(record);
    }

    private static List<string> Drain(SpillQueue queue)
    {
        var all = new List<string>();
        while (Take(queue) is { } record)
        {
            all.Add(record);
        }

        return all;
    }

    private SpillQueue Open(long bytesMax = Plenty) => SpillQueue.TryOpen(_folder, bytesMax, _warnings.Add)!;

    private string[] Segments() => Directory.GetFiles(_folder, "*.spill");
}
