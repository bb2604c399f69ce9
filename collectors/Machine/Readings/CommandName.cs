namespace Ops.Collectors.Machine.Readings;

/// <summary>
/// Names a process shortly by what it runs: <c>nginx</c>, <c>python3 server.py</c>, <c>java app.jar</c>.
/// </summary>
internal static class CommandName
{
    /// <summary>The longest name; what is longer is cut.</summary>
    public const int LengthMax = 80;

    // `dotnet web.dll` is what the file `web` beside it starts, too; both are the program web.
    private const string DotnetAssembly = ".dll";

    private static readonly string[] Interpreters =
        ["python", "pypy", "node", "nodejs", "ruby", "perl", "php", "java", "dotnet", "bash", "sh", "dash", "zsh",
            "lua", "Rscript", "deno", "bun", "guile", "tclsh", "beam.smp"];

    private static readonly string[] OptionsWithValue =
        ["-W", "-X", "-r", "--require", "-cp", "-classpath", "--class-path", "-I"];

    /// <summary>Works the name out.</summary>
    /// <param name="arguments">The command line; empty where it cannot be read.</param>
    /// <param name="executable">The file that runs, or null where it may not be known.</param>
    /// <param name="kernelName">The kernel's name for the process.</param>
    public static string From(IReadOnlyList<string> arguments, string? executable, string kernelName)
    {
        var program = Program(arguments, executable, kernelName);
        var script = IsInterpreter(program) && arguments.Count > 1 ? Script(program, arguments) : null;
        var name = script is null ? program
            : program == "dotnet" && script.EndsWith(DotnetAssembly, StringComparison.OrdinalIgnoreCase)
                ? script[..^DotnetAssembly.Length]
                : $"{program} {script}";
        return name.Length <= LengthMax ? name : name[..LengthMax];
    }

    private static string Program(IReadOnlyList<string> arguments, string? executable, string kernelName)
    {
        // A program that writes its status over its command line, as postgres and nginx do, is named by its file.
        var first = arguments.Count > 0 ? arguments[0].TrimStart('-') : "";
        if (first.Length > 0 && first.AsSpan().IndexOfAny(' ', ':') < 0)
        {
            return BaseName(first);
        }

        // Debian's redis-server is a link to redis-check-rdb: what it calls itself counts where the kernel agrees.
        if (kernelName.Length > 0 && first.Split(' ', ':')[0] == kernelName)
        {
            return kernelName;
        }

        const string deleted = " (deleted)";
        if (executable is { Length: > 0 })
        {
            var isDeleted = executable.EndsWith(deleted, StringComparison.Ordinal);
            return BaseName(isDeleted ? executable[..^deleted.Length] : executable);
        }

        return kernelName;
    }

    private static bool IsInterpreter(string program) => Array.Exists(
        Interpreters,
        name => program.StartsWith(name, StringComparison.Ordinal)
            && program.AsSpan(name.Length).IndexOfAnyExcept("0123456789.") < 0);

    private static string? Script(string program, IReadOnlyList<string> arguments)
    {
        for (var i = 1; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var next = i + 1 < arguments.Count ? arguments[i + 1] : "";
            switch (argument)
            {
                case "-m" when program.StartsWith("py", StringComparison.Ordinal): return $"-m {next}";
                case "-jar" when program == "java": return BaseName(next);
                case "-c" or "-e" or "--eval" or "-": return argument;
                case "exec" when program == "dotnet": continue;
                case "": continue;
            }

            if (OptionsWithValue.Contains(argument))
            {
                i++;
            }
            else if (argument[0] != '-')
            {
                return BaseName(argument);
            }
        }

        return null;
    }

    private static string BaseName(string path) => path[(path.TrimEnd('/').LastIndexOf('/') + 1)..];
}
