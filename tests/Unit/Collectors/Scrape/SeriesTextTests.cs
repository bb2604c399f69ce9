using System.Text;
using Ops.Collectors.Scrape;
using Xunit;

namespace Ops.Unit.Collectors.Scrape;

public sealed class SeriesTextTests
{
    [Theory]
    [InlineData("a", "a", "")]
    [InlineData("a{}", "a", "")]
    [InlineData("a { b = \"c\" , d=\"e\", }", "a", "b=c|d=e")]
    [InlineData("a{b=\"x\\ny\\\\z\\\"q\\t\"}", "a", "b=x\ny\\z\"q\\t")]
    [InlineData("a{b=\"ä€😀\"}", "a", "b=ä€😀")]
    [InlineData("a{b=\"\"}", "a", "b=")]
    public void Name_and_labels_are_read(string key, string name, string labels)
    {
        var all = new List<KeyValuePair<string, string>>();
        Assert.Null(SeriesText.Read(Encoding.UTF8.GetBytes(key), out var found, all));
        Assert.Equal(name, found);
        Assert.Equal(labels, string.Join('|', all.Select(label => $"{label.Key}={label.Value}")));
    }

    [Theory]
    [InlineData("a{b}", "'b' is no label")]
    [InlineData("a{9b=\"c\"}", "'9b' is no label")]
    [InlineData("a{,}", "',' is no label")]
    [InlineData("a{b=c}", "the value of label 'b' must stand in quotes")]
    [InlineData("a{b=\"c\" d=\"e\"}", "a comma must follow label 'b'")]
    [InlineData("a{b=\"c\",b=\"d\"}", "label 'b' occurs twice")]
    public void Labels_that_are_none_are_named(string key, string expected) =>
        Assert.Equal(expected, SeriesText.Read(Encoding.UTF8.GetBytes(key), out _, []));

    [Fact]
    public void Bytes_that_are_not_UTF8_too_many_labels_and_long_names_are_refused()
    {
        Assert.Equal("the labels are not UTF-8", SeriesText.Read("a{b=\"\xff\"}".LatinBytes(), out _, []));
        var many = string.Join(',', Enumerable.Range(0, 129).Select(i => $"l{i}=\"x\""));
        Assert.Equal(
            "there are more than 128 labels", SeriesText.Read(Encoding.UTF8.GetBytes($"a{{{many}}}"), out _, []));
        Assert.Equal(
            "the metric's name is longer than 1024 bytes",
            SeriesText.Read(Encoding.UTF8.GetBytes(new string('a', 1025)), out _, []));
    }
}

internal static class LatinText
{
    /// <summary>The text with a byte for each character.</summary>
    public static byte[] LatinBytes(this string text) => Encoding.Latin1.GetBytes(text);
}
