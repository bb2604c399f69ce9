using Xunit;

namespace Ops.Unit.Architecture;

public sealed class HouseTests
{
    [Fact]
    public void Every_library_references_the_ground_floor_alone()
    {
        var projects = SourceTree.Files(".csproj").ToList();
        Assert.True(projects.Count >= 9);
        AssertNone(projects.SelectMany(HouseRules.Breaches));
    }

    [Fact]
    public void Every_file_of_code_keeps_to_the_style() =>
        AssertNone(SourceTree.Files(".cs").SelectMany(StyleRules.Breaches));

    [Fact]
    public void Nine_files_of_ten_are_short() => AssertNone(StyleRules.Share(SourceTree.Files(".cs").ToList()));

    [Theory]
    [InlineData(".md")]
    [InlineData(".yaml")]
    [InlineData(".razor")]
    [InlineData(".css")]
    [InlineData(".js")]
    [InlineData(".json")]
    [InlineData(".props")]
    [InlineData(".csproj")]
    public void No_other_file_holds_a_forbidden_word(string ending) =>
        AssertNone(SourceTree.Files(ending).SelectMany(StyleRules.Words));

    [Theory]
    [InlineData("ProjectReference", "../Model/Ops.Model.csproj", null)]
    [InlineData("ProjectReference", "..\\Storage\\Ops.Storage.csproj",
        "pipeline/Alarms/Ops.Alarms.csproj: references Ops.Storage: a library references Ops.Model and no other "
        + "project of ours; meet through an interface in Ops.Model and wire it in Ops.Server")]
    [InlineData("PackageReference", "Parlot", null)]
    public void A_wrong_arrow_is_told(string item, string include, string? breach) => Assert.Equal(
        breach is null ? [] : [breach], HouseRules.Breaches(
            Project("pipeline/Alarms/Ops.Alarms.csproj", item, include)));

    [Theory]
    [InlineData("ProjectReference", "../Alarms/Ops.Alarms.csproj",
        "pipeline/Model/Ops.Model.csproj: references Ops.Alarms: Ops.Model stands on the base library alone; move "
        + "what it needs into it, or what needs it out")]
    [InlineData("PackageReference", "Parlot",
        "pipeline/Model/Ops.Model.csproj: references the package Parlot: Ops.Model stands on the base library alone")]
    public void The_ground_floor_stands_on_nothing(string item, string include, string breach) => Assert.Equal(
        [breach], HouseRules.Breaches(Project("pipeline/Model/Ops.Model.csproj", item, include)));

    [Theory]
    [InlineData("server/Ops.Server.csproj")]
    [InlineData("tests/Unit/Ops.Unit.csproj")]
    public void The_roof_and_the_tests_reference_what_they_need(string path) =>
        Assert.Empty(HouseRules.Breaches(Project(path, "ProjectReference", "../Storage/Ops.Storage.csproj")));

    private static void AssertNone(IEnumerable<string> breaches)
    {
        var found = breaches.ToList();
        Assert.True(found.Count == 0, $"{found.Count} breaches:\n{string.Join('\n', found)}");
    }

    private static SourceFile Project(string path, string item, string include) => new(
        path, $"""<Project Sdk="x"><ItemGroup><{item} Include="{include}" /></ItemGroup></Project>""");
}
