using System.Text.RegularExpressions;

namespace Ops.Unit.Architecture;

/// <summary>How the code reads, as rules. Each breach names the file, the rule and the remedy.</summary>
internal static partial class StyleRules
{
    private const int FileLinesMax = 500;
    private const int FileLinesUsual = 250;
    private const double UsualShare = 0.9;
    private const int MethodLinesMax = 70;
    private const int LineCharsMax = 120;
    private const int UnionLinesMax = 120;

    /// <summary>The breaches of one C# file.</summary>
    public static IEnumerable<string> Breaches(SourceFile file) =>
        [.. Length(file), .. Lines(file), .. Names(file), .. PublicTypes(file), .. Methods(file), .. Words(file)];

    /// <summary>Whether enough files are of the usual length.</summary>
    public static IEnumerable<string> Share(IReadOnlyCollection<SourceFile> files)
    {
        var tooLong = files.Where(file => file.Lines.Length >= FileLinesUsual)
            .OrderByDescending(file => file.Lines.Length);
        var allowed = (int)Math.Ceiling(files.Count * (1 - UsualShare));
        return tooLong.Count() > allowed
            ? [$"{tooLong.Count()} of {files.Count} files have {FileLinesUsual} lines or more, of which {allowed} "
            + "may: split "
                + string.Join(", ", tooLong.Take(5).Select(file => file.Path))]
            : [];
    }

    /// <summary>Words that no file of the repository may hold.</summary>
    public static IEnumerable<string> Words(SourceFile file) => file.Lines
        .Select((line, index) => (Match: ForbiddenWord().Match(line), Line: index + 1))
        .Where(one => one.Match.Success)
        .Select(one => $"{file.Path}:{one.Line}: holds '{one.Match.Value}': do it now, or say it in words that stay "
            + "true elsewhere");

    private static IEnumerable<string> Length(SourceFile file) => file.Lines.Length > FileLinesMax
        ? [$"{file.Path}: has {file.Lines.Length} lines, {FileLinesMax} are allowed: split it by what its parts are"]
        : [];

    private static IEnumerable<string> Lines(SourceFile file) => file.Lines
        .Select((line, index) => (line.Length, Line: index + 1))
        .Where(one => one.Length > LineCharsMax)
        .Select(one => $"{file.Path}:{one.Line}: has {one.Length} characters, {LineCharsMax} are allowed: break the "
            + "line");

    private static IEnumerable<string> Names(SourceFile file) => CodeShape.Types(file.Text)
        .Select(type => type.Name)
        .Prepend(file.Name)
        .Distinct()
        .Select(name => (Name: name, Match: BannedPart().Match(name)))
        .Where(one => one.Match.Success)
        .Select(one => $"{file.Path}: the name '{one.Name}' holds '{one.Match.Value}', which says nothing: name the "
            + "role");

    private static IEnumerable<string> PublicTypes(SourceFile file)
    {
        var all = CodeShape.Types(file.Text);
        var types = all.Where(type => type.IsPublic).ToList();
        if (types.Count == 0)
        {
            return [];
        }

        if (all.All(type => type.Name != file.Name))
        {
            return [$"{file.Path}:{types[0].Line}: no type is named '{file.Name}': name the file after "
                + $"'{types[0].Name}'"];
        }

        var names = types.Select(type => type.Name).Distinct().ToList();
        return names.Count > 1 && file.Lines.Length >= UnionLinesMax
            ? [$"{file.Path}:{types[1].Line}: holds {names.Count} public types in {file.Lines.Length} lines: give "
                + $"'{names.First(name => name != file.Name)}' a file of its own"]
            : [];
    }

    private static IEnumerable<string> Methods(SourceFile file) => CodeShape.Members(file.Text)
        .Where(member => member.Lines >= MethodLinesMax)
        .Select(member => $"{file.Path}:{member.Line}: '{member.Name}' has {member.Lines} lines, fewer than "
            + $"{MethodLinesMax} are allowed: split it into steps");

    [GeneratedRegex("(Common|Util|Utils|Utility|Helpers?|Manager|Processor|Driver)(?![a-z])|Base$|^Base(?=[A-Z])")]
    private static partial Regex BannedPart();

    // The words are built from parts, so that this file does not hold them.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|\.\./sha" + @"red|(?<![\w.-])/wo" + @"rk/")]
    private static partial Regex ForbiddenWord();
}
