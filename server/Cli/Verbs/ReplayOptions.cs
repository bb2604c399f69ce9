using System.CommandLine;

namespace Ops.Server.Cli.Verbs;

/// <summary>The options that replay verbs share.</summary>
internal static class ReplayOptions
{
    /// <summary>An option that must be given.</summary>
    public static Option<string> Required(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    };

    /// <summary><c>--in</c>.</summary>
    public static Option<string> Input(string what) => Required("--in", "F|-", $"{what}; - is standard input.");

    /// <summary><c>--out</c>.</summary>
    public static Option<string?> Output() => new("--out")
    {
        Description = "Where the lines go; - or nothing is standard output.",
        HelpName = "F|-",
    };

    /// <summary><c>--json</c>, which changes nothing where the output is JSON lines anyway.</summary>
    public static Option<bool> Json() => new("--json") { Description = "JSON lines (they always are)." };

    /// <summary>Refuses a file that is not there.</summary>
    public static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandFault($"{path}: there is no such file");
        }
    }

    /// <summary>Refuses a folder that is not there.</summary>
    public static void RequireFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new CommandFault($"{path}: there is no such folder");
        }
    }
}
