using Xunit;

namespace Ops.Unit.Architecture;

public sealed class StyleRulesTests
{
    [Fact]
    public void A_good_file_has_no_breach() => Assert.Empty(StyleRules.Breaches(new SourceFile("a/Sample.cs", """
        namespace A;

        /// <summary>Public class Other { in a comment.</summary>
        public sealed record Sample(int A)
        {
            private const string Text = "public class Two {";

            public int B { get; init; } = 1;

            public override string ToString() => $"{A} {{ {"}"} }}";
        }

        /// <summary>A tiny case.</summary>
        public sealed record Other(int A, int B = 2) : Sample(A);
        """)));

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void A_file_is_not_too_long(int lines, int breaches)
    {
        var found = StyleRules.Breaches(Lines("a/Big.cs", lines)).ToList();
        Assert.Equal(breaches, found.Count);
        Assert.All(found, breach =>
            Assert.Equal("a/Big.cs: has 501 lines, 500 are allowed: split it by what its parts are", breach));
    }

    [Fact]
    public void A_line_is_not_too_long() => Assert.Equal(
        ["a/Wide.cs:2: has 121 characters, 120 are allowed: break the line"],
        StyleRules.Breaches(new SourceFile("a/Wide.cs", $"// {new string('x', 117)}\n// {new string('x', 118)}\n")));

    [Theory]
    [InlineData("StringHelper", "Helper")]
    [InlineData("TimeUtils", "Utils")]
    [InlineData("CommonThings", "Common")]
    [InlineData("AlarmManager", "Manager")]
    [InlineData("EventProcessor", "Processor")]
    [InlineData("KafkaDriver", "Driver")]
    [InlineData("PollsterBase", "Base")]
    [InlineData("BasePollster", "Base")]
    public void A_name_that_says_nothing_is_told(string name, string part) => Assert.Equal(
        [$"a/{name}.cs: the name '{name}' holds '{part}', which says nothing: name the role"],
        StyleRules.Breaches(new SourceFile($"a/{name}.cs", $"namespace A;\n\ninternal class {name};\n")));

    [Theory]
    [InlineData("DatabaseName")]
    [InlineData("BaselineDetector")]
    [InlineData("Commonality")]
    [InlineData("Drivers2Licence")]
    public void A_name_that_merely_begins_so_is_well(string name) => Assert.Empty(
        StyleRules.Breaches(new SourceFile($"a/{name}.cs", $"namespace A;\n\ninternal class {name};\n")));

    [Fact]
    public void A_file_is_named_after_a_type_of_it() => Assert.Equal(
        ["a/One.cs:3: no type is named 'One': name the file after 'Two'"],
        StyleRules.Breaches(new SourceFile("a/One.cs", "namespace A;\n\npublic enum Two { A }\n")));

    [Theory]
    [InlineData(100, 0)]
    [InlineData(130, 1)]
    public void Several_public_types_share_a_fewfile_only(int padding, int breaches)
    {
        var text = "namespace A;\n\npublic interface One;\n\npublic struct Two;\n" + Comments(padding);
        var found = StyleRules.Breaches(new SourceFile("a/One.cs", text)).ToList();
        Assert.Equal(breaches, found.Count);
        Assert.All(found, breach => Assert.Equal(
            "a/One.cs:5: holds 2 public types in 135 lines: give 'Two' a file of its own", breach));
    }

    [Theory]
    [InlineData("    public void Long()\n    {\n", "    }\n", 66, 0)]
    [InlineData("    public void Long()\n    {\n", "    }\n", 67, 1)]
    [InlineData("    private static int Long(int a, Func<int> b) => b() switch\n    {\n", "    };\n", 67, 1)]
    [InlineData("    public int Long\n    {\n", "    }\n", 67, 1)]
    [InlineData(
        "    [Theory]\n    [InlineData(\n\n\n\n\n        1)]\n    public void Long()\n    {\n", "    }\n", 66, 0)]
    [InlineData("    private static readonly int[] Long =\n    [\n", "    ];\n", 200, 0)]
    public void A_method_is_not_too_long(string head, string tail, int lines, int breaches)
    {
        var text = $"namespace A;\n\npublic class One\n{{\n    private int _a;\n\n{head}{Comments(lines)}{tail}}}\n";
        var found = StyleRules.Breaches(new SourceFile("a/One.cs", text)).Where(one => one.Contains("'Long'")).ToList();
        Assert.Equal(breaches, found.Count);
        Assert.All(found, breach => Assert.StartsWith(
            $"a/One.cs:7: 'Long' has {lines + 3} lines, fewer than 70 are allowed: split it into steps", breach));
    }

    [Fact]
    public void A_class_may_be_longer_than_a_method_and_so_may_one_within_it()
    {
        var members = string.Concat(Enumerable.Range(0, 40)
            .Select(i => $"        public int M{i}()\n        {{\n        }}\n"));
        var text = $"namespace A;\n\npublic class One\n{{\n    private class Inner(int a)\n    {{\n{members}    "
            + $"}}\n}}\n";
        Assert.Empty(StyleRules.Breaches(new SourceFile("a/One.cs", text)));
        Assert.Equal(40, CodeShape.Members(text).Count);
        Assert.Equal("M0", CodeShape.Members(text)[0].Name);
    }

    [Theory]
    [InlineData("// TO" + "DO: later", "TO" + "DO")]
    [InlineData("// a HA" + "CK", "HA" + "CK")]
    [InlineData("see ../sha" + "red/design.md", "../sha" + "red")]
    [InlineData("in /wo" + "rk/wt", "/wo" + "rk/")]
    public void A_forbidden_word_is_told(string line, string word) => Assert.Equal(
        [$"a/b.md:2: holds '{word}': do it now, or say it in words that stay true elsewhere"],
        StyleRules.Words(new SourceFile("a/b.md", $"fine\n{line}\n")));

    [Fact]
    public void Paths_that_merely_look_alike_are_well() =>
        Assert.Empty(StyleRules.Words(new SourceFile("a/b.md", "home/wo" + "rk/x and net" + "work/y, To" + "dos\n")));

    [Fact]
    public void More_than_a_tenth_of_long_files_is_told()
    {
        SourceFile[] few = [.. Enumerable.Range(0, 9).Select(i => Lines($"a/S{i}.cs", 10))];
        Assert.Empty(StyleRules.Share([.. few, Lines("a/Long.cs", 250)]));
        Assert.Empty(StyleRules.Share([.. few, Lines("a/A.cs", 250), Lines("a/B.cs", 300)]));
        Assert.Equal(
            ["3 of 12 files have 250 lines or more, of which 2 may: split a/C.cs, a/B.cs, a/A.cs"],
            StyleRules.Share([.. few, Lines("a/A.cs", 250), Lines("a/B.cs", 300), Lines("a/C.cs", 400)]));
    }

    private static SourceFile Lines(string path, int lines) => new(path, Comments(lines));

    private static string Comments(int lines) => string.Concat(Enumerable.Repeat("// x\n", lines));
}
