using System.Globalization;
using System.Text;
using Ops.Collectors.InfluxLine;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

public class KeyMapTests
{
    [Fact]
    public void Every_key_that_was_added_is_found_and_no_other()
    {
        var map = new KeyMap(100_000);
        var entries = Enumerable.Range(0, 5_000).Select(Entry).ToList();
        entries.ForEach(entry => map.Add(entry));
        Assert.Equal(5_000, map.Count);
        Assert.All(entries, entry => Assert.Same(entry, map.Find(entry.Key)));
        Assert.Null(map.Find("cpu,host=none"u8));
        Assert.Null(map.Find(default));
    }

    [Fact]
    public void Keys_that_differ_in_their_last_bytes_only_are_told_apart()
    {
        var map = new KeyMap(100);
        foreach (var key in (string[])["a", "b", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "abcdefgh\0"])
        {
            var entry = new KeyEntry(Encoding.UTF8.GetBytes(key), key, Tags.Empty);
            Assert.Same(entry, map.Add(entry));
        }

        Assert.Equal("abcdefghj", map.Find("abcdefghj"u8)!.Measurement);
        Assert.Equal("abcdefgh\0", map.Find("abcdefgh\0"u8)!.Measurement);
    }

    [Fact]
    public void A_key_that_is_added_twice_keeps_its_first_entry()
    {
        var map = new KeyMap(100);
        var first = map.Add(Entry(1));
        Assert.Same(first, map.Add(Entry(1)));
        Assert.Equal(1, map.Count);
    }

    [Fact]
    public async Task Readers_see_only_whole_entries_while_others_write()
    {
        var map = new KeyMap(2_000);
        var work = Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 4_000; i++)
            {
                var wanted = Entry((i * 7 * (worker + 1)) % 3_000);
                var found = map.Find(wanted.Key) ?? map.Add(wanted);
                Assert.Equal(wanted.Measurement, found.Measurement);
            }
        }));
        await Task.WhenAll(work);
        Assert.InRange(map.Count, 1, 2_000);
    }

    private static KeyEntry Entry(int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"cpu,host=web{number}");
        return new KeyEntry(Encoding.UTF8.GetBytes(text), text, Tags.Empty);
    }
}
