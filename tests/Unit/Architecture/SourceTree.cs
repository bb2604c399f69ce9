using System.Diagnostics;

namespace Ops.Unit.Architecture;

/// <summary>The files of the repository that are ours to read.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", "node_modules", "ops-data"];

    /// <summary>The repository's folder: the nearest above the tests that holds Ops.sln.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>All files whose name ends so, below a folder of the repository.</summary>
    public static IEnumerable<SourceFile> Files(string ending, string below = "") =>
        Walk(Path.Combine(Root, below))
            .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'),
                File.ReadAllText(path)));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            yield return path;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!Skipped.Contains(Path.GetFileName(inner)))
            {
                foreach (var path in Walk(inner))
                {
                    yield return path;
                }
            }
        }
    }

    private static string FindRoot(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ops.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new UnreachableException("no folder above the tests holds Ops.sln");
    }
}

/// <summary>A file as the rules see it.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Text">What it holds.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Its lines without their ends.</summary>
    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();

    /// <summary>The file's name without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileName(Path).Split('.')[0];
}
