using System.Diagnostics;

namespace Ops.Benchmarks;

/// <summary>Runs the program <c>ops</c> of this build in a process of its own.</summary>
public static class OpsProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ops.dll");

    /// <summary>Runs a verb to its end.</summary>
    public static (int Code, string Out, string Error) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a verb and leaves it running.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
