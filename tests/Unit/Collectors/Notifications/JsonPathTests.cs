using System.Text.Json;
using CsCheck;
using Ops.Collectors.Notifications.Paths;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

/// <summary>What the paths of <c>paths.jsonl</c> find was recorded from jsonpath-rw-ext 1.2.2.</summary>
public sealed class JsonPathTests
{
    private static readonly string[] Recorded =
        File.ReadAllLines(Path.Combine(SourceTree.Root, "tests/fixtures/notifications/paths.jsonl"));

    private static readonly JsonElement Document = JsonElement.Parse(Recorded[0]).GetProperty("document");

    [Fact]
    public void Paths_find_what_the_reference_library_finds()
    {
        var wrong = new List<string>();
        foreach (var line in Recorded.Skip(1))
        {
            var record = JsonElement.Parse(line);
            var text = record.GetProperty("path").GetString()!;
            var expected = record.GetProperty("values").EnumerateArray().ToArray();
            var path = JsonPath.Parse(text, out var fault);
            var found = path?.Find(Document) ?? [];
            var places = record.GetProperty("paths").EnumerateArray().Select(place => place.GetString());
            if (path is null || found.Count != expected.Length
                || !found.Zip(expected).All(pair => JsonElement.DeepEquals(pair.First.Value, pair.Second))
                || !places.SequenceEqual(found.Select(match => match.Path)))
            {
                wrong.Add($"{text}: {fault} found [{string.Join(", ", found.Select(one => $"{one.Path}={one.Value}"))}]"
                    + $" instead of {record.GetProperty("values")} at {record.GetProperty("paths")}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(Recorded.Length > 300);
    }

    [Theory]
    [InlineData("$.n / $.m", "[3.0]")]
    [InlineData("$.n / 0", "[]")]
    [InlineData("n.[0]", "[]")]
    [InlineData("nul.`len`", "[]")]
    [InlineData("e[-1]", "[]")]
    [InlineData("$.`parent`", "[]")]
    [InlineData("nul.`sorted`", "[]")]
    [InlineData("nested.`sorted`", "[]")]
    [InlineData("n.`sub(/6/, 7)`", "[]")]
    [InlineData("list[\\v,/name].name", "[]")]
    [InlineData("list[?name>1].v", "[]")]
    [InlineData("list[?v~'1'].v", "[]")]
    [InlineData("$.s * 1000000", "[]")]
    public void What_makes_the_reference_library_fail_finds_nothing_or_the_obvious(string path, string values) =>
        Assert.Equal(values, "[" + string.Join(",", Find(path)) + "]");

    [Theory]
    [InlineData("", "unexpected the end at 1")]
    [InlineData("a.", "unexpected the end at 3")]
    [InlineData("a b", "unexpected 'b' at 3")]
    [InlineData("1", "the number '1' at 1 selects nothing by itself")]
    [InlineData("(1)", "the number '1' at 2 selects nothing by itself")]
    [InlineData("a[", "unexpected the end at 3")]
    [InlineData("a[0", "unexpected the end at 4, expected ']'")]
    [InlineData("a[x=1]", "unexpected '=' at 4, expected ']'")]
    [InlineData("a['x", "the ' at 3 is not closed")]
    [InlineData("a#b", "unexpected character '#' at 2; quote names that hold it")]
    [InlineData("a ! b", "'!' at 3 must be '!='")]
    [InlineData("a & b", "unexpected '&' at 3")]
    [InlineData("true", "unexpected 'true' at 1")]
    [InlineData("a[99999999999]", "the index '99999999999' at 3 must be a whole number of 32 bits")]
    [InlineData("a.`lent`", "unknown operation `lent` at 3; known: this, parent, len, sorted, split, sub. "
        + "Did you mean 'len'?")]
    [InlineData("a.`split(.,1,1)`", "`split(.,1,1)` at 3 must be `split(character, segment, max)` with a blank after "
        + "each comma, such as `split(., 0, -1)`")]
    [InlineData("a.`sub(x, y)`", "`sub(x, y)` at 3 must be `sub(/pattern/, replacement)` with a blank after the comma")]
    [InlineData(@"a.`sub(/x/, \\2)`", @"group 2 of '\2' does not exist")]
    [InlineData(@"a.`sub(/x/, \\q)`", @"'\q' holds an escape that is none of \1, \g<1>, \\, \n, \r, \t")]
    public void A_path_that_breaks_the_grammar_is_refused_with_its_place(string path, string fault)
    {
        Assert.Null(JsonPath.Parse(path, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void A_broken_pattern_is_refused()
    {
        Assert.Null(JsonPath.Parse("a[?b~'[']", out var fault));
        Assert.StartsWith("'[' is not a regular expression: ", fault);
    }

    [Fact]
    public void Length_and_nesting_are_bounded()
    {
        Assert.Null(JsonPath.Parse(new string('a', JsonPath.LengthMax + 1), out var fault));
        Assert.Equal("is longer than 4096 characters", fault);
        Assert.Null(JsonPath.Parse(new string('(', 2000), out fault));
        Assert.Equal("nested deeper than 32 levels", fault);
    }

    [Fact]
    public void Work_is_bounded()
    {
        var list = JsonSerializer.SerializeToElement(Enumerable.Repeat(Enumerable.Repeat(new { a = 1 }, 300), 300));
        Assert.Empty(JsonPath.Parse("$..*..*..a", out _)!.Find(list));
        Assert.Equal(90_000, JsonPath.Parse("$[*].`this`", out _)!.Find(list).Count * 300);
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_finds_nothing()
    {
        var text = JsonSerializer.SerializeToElement(new { a = new string('x', 40) + "!" });
        Assert.Empty(JsonPath.Parse(@"a.`sub(/(?=x)(x+x+)+y/, z)`", out _)!.Find(text));
    }

    [Fact]
    public void Any_text_of_signs_is_a_path_or_a_fault() =>
        Gen.String[Gen.Char["ab1.$[]()*?@|&'\"`=<~+-/\\,: "], 0, 24].Sample(IsPathOrFault, iter: 30_000);

    [Fact]
    public void Any_text_is_a_path_or_a_fault() => Gen.String.Sample(IsPathOrFault, iter: 3000);

    private static void IsPathOrFault(string text)
    {
        var path = JsonPath.Parse(text, out var fault);
        Assert.Equal(path is null, fault.Length > 0);
        path?.Find(Document);
    }

    private static IEnumerable<string> Find(string path) =>
        JsonPath.Parse(path, out _)!.Find(Document).Select(match => match.Value.GetRawText());
}
