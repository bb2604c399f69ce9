using CsCheck;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Config;

public sealed class YamlReaderTests
{
    [Fact]
    public void Nodes_know_their_places()
    {
        var root = Read("a: 1\nb:\n  - x\n  - {c: 'quoted'}\n", out var faults);
        Assert.True(faults.None);
        Assert.Equal((1, 4), (root!["a"]!.Line, root["a"]!.Column));
        var item = root["b"]!.Items[1]["c"]!;
        Assert.Equal(("quoted", true, 4, 9), (item.Text, item.IsQuoted, item.Line, item.Column));
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    [InlineData("a: |\n  null\n", false)]
    public void Nothing_is_told_from_text(string text, bool isNull) =>
        Assert.Equal(isNull, Read(text, out _)!["a"]!.IsNull);

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    public void An_empty_document_is_null_without_fault(string text)
    {
        Assert.Null(Read(text, out var faults));
        Assert.True(faults.None);
    }

    [Fact]
    public void A_key_that_occurs_twice_is_a_fault_at_the_second()
    {
        var root = Read("a: 1\nb: 2\na: 3\n", out var faults);
        Assert.Equal("f.yaml:3:1: key 'a' occurs twice", Assert.Single(faults.All).ToString());
        Assert.Equal("1", root!["a"]!.Text);
    }

    [Fact]
    public void Aliases_are_resolved_and_merges_give_way_to_own_keys()
    {
        var root = Read("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\nmany: {<<: [*b, {z: 4}]}\nsame: *b\n",
            out var faults);
        Assert.True(faults.None);
        Assert.Equal(("1", "3"), (root!["one"]!["x"]!.Text, root["one"]!["y"]!.Text));
        Assert.Equal("4", root["many"]!["z"]!.Text);
        Assert.Equal("2", root["same"]!["y"]!.Text);
    }

    [Fact]
    public void A_merge_of_what_is_no_mapping_is_a_fault()
    {
        Read("a: {<<: text}\n", out var faults);
        Assert.Equal("f.yaml:1:9: '<<' merges mappings, found 'text'", Assert.Single(faults.All).ToString());
    }

    [Theory]
    [InlineData("a: *nobody\n", 1, 4)]
    [InlineData("a: [1, 2\n", 2, 1)]
    [InlineData("a: 'open\n", 1, 4)]
    public void What_is_no_yaml_is_a_fault_at_its_place(string text, int line, int column)
    {
        Assert.Null(Read(text, out var faults));
        var fault = Assert.Single(faults.All);
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.StartsWith("not valid YAML: ", fault.Message);
    }

    [Fact]
    public void A_tab_is_named_as_such()
    {
        Assert.Null(Read("a:\n\t- x\n", out var faults));
        Assert.Equal(
            "f.yaml:2:1: not valid YAML: a tab indents this line; use spaces", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void A_second_document_is_a_fault()
    {
        Read("a: 1\n---\nb: 2\n", out var faults);
        Assert.Equal("f.yaml:2:1: holds more than one YAML document", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void A_key_must_be_text()
    {
        Read("? [a]\n: 1\n", out var faults);
        Assert.Equal("f.yaml:1:3: a key must be text", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void Depth_and_growth_by_aliases_are_bounded()
    {
        Assert.Null(Read(new string('[', 200) + new string(']', 200), out var faults));
        Assert.Equal(
            "f.yaml:1:102: is nested deeper than 100 levels, aliases counted", Assert.Single(faults.All).ToString());
        var laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} "
                + $"[{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 10))}]\n"));
        Assert.Null(Read(laughs, out faults));
        Assert.Equal(
            "f.yaml:6:29: has more than 1000000 nodes, aliases counted", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void Depth_counts_what_an_alias_stands_for()
    {
        var half = new string('[', 60) + new string(']', 60);
        Assert.Null(Read($"a: &a {half}\nb: {half.Replace("[]", "[*a]")}\n", out var faults));
        Assert.Equal(
            "f.yaml:2:64: is nested deeper than 100 levels, aliases counted", Assert.Single(faults.All).ToString());
        Assert.NotNull(Read($"a: &a {half}\nb: [*a, [*a]]\nc: {half}\n", out faults));
        Assert.Empty(faults.All);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_of_the_file()
    {
        var faults = new ConfigFaults();
        Assert.Null(YamlReader.ReadFile("/no/such.yaml", faults, "such.yaml"));
        Assert.StartsWith("such.yaml: cannot be read: ", Assert.Single(faults.All).ToString());
    }

    [Theory]
    [InlineData("?\t[\n-,")]
    [InlineData("...\n&?!")]
    [InlineData("!![")]
    [InlineData("!<>")]
    public void Text_that_the_parser_stumbles_over_is_a_fault(string text)
    {
        Assert.Null(Read(text, out var faults));
        Assert.Equal("f.yaml: not valid YAML: the text cannot be parsed", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void Any_text_of_signs_is_a_document_or_a_fault() =>
        Gen.String[Gen.Char["ab:-[]{},&*!|>'\"%@# \n\t?~<.1"], 0, 14].Sample(IsDocumentOrFault, iter: 20_000);

    [Fact]
    public void Any_text_is_a_document_or_a_fault() => Gen.String.Sample(IsDocumentOrFault, iter: 2000);

    private static void IsDocumentOrFault(string text)
    {
        var root = Read(text, out var faults);
        Assert.True(root is null || root.Line >= 1);
        Assert.All(faults.All, fault => Assert.NotEmpty(fault.Message));
    }

    private static ConfigNode? Read(string text, out ConfigFaults faults)
    {
        faults = new ConfigFaults();
        return YamlReader.Read(text, "f.yaml", faults);
    }

    [Theory]
    [InlineData("", ": cannot be read: ")]
    [InlineData("/dev/zero", "/dev/zero: is larger than 8388608 characters")]
    public void A_name_that_is_empty_and_a_device_without_end_are_faults(string path, string fault)
    {
        var faults = new ConfigFaults();
        Assert.Null(YamlReader.ReadFile(path, faults));
        Assert.StartsWith(fault, Assert.Single(faults.All).ToString());
    }
}
