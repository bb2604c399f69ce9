using System.Diagnostics;
using System.Text;

namespace Ops.Integration.Support;

/// <summary>The processes of one fixture: what has run and ended well, and what runs until the end.</summary>
internal sealed class ServiceProcesses(string folder, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(90);

    private readonly Lock _lock = new();
    private readonly List<(string Name, Process Process, StringBuilder Output)> _running = [];

    /// <summary>Runs a program to its end; one that fails is told with all it said.</summary>
    public async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments, out var output);
        using var limit = new CancellationTokenSource(RunMax);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} was not done after {RunMax}:\n{Text(output)}");
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{Text(output)}");
        }
    }

    /// <summary>Starts a program that runs until this is disposed of.</summary>
    public void Start(string name, string program, params string[] arguments)
    {
        var process = Begin(program, arguments, out var output);
        lock (_lock)
        {
            _running.Add((name, process, output));
        }
    }

    /// <summary>Fails where one of them has ended, naming it and what it said.</summary>
    public void AllLive()
    {
        lock (_lock)
        {
            foreach (var (name, process, output) in _running)
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{name} ended with {process.ExitCode}:\n{Text(output)}");
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, process, _) in Enumerable.Reverse(_running))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                process.Dispose();
            }

            _running.Clear();
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private Process Begin(string program, string[] arguments, out StringBuilder output)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var said = output = new StringBuilder();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(said, line.Data);
        process.ErrorDataReceived += (_, line) => Note(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Note(StringBuilder output, string? line)
    {
        lock (output)
        {
            if (line is not null && output.Length < 100_000)
            {
                output.AppendLine(line);
            }
        }
    }
}
