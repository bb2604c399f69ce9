using System.Diagnostics;
using System.Text;

namespace Ops.Integration.Receivers;

/// <summary>A real program that a test feeds or is fed by, in a folder of its own.</summary>
public sealed class ToolProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly string _folder;

    private ToolProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Starts a program; <c>@DIR@</c> in its arguments and its configuration is its folder.</summary>
    public static ToolProcess Start(string program, string configuration, params string[] arguments)
    {
        Assert.True(File.Exists(program), $"{program} is not installed; tests/run names its package");
        var folder = Directory.CreateTempSubdirectory("ops-tool-").FullName;
        File.WriteAllText(
            Path.Combine(folder, "config"), configuration.Replace("@DIR@", folder, StringComparison.Ordinal));
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument.Replace("@DIR@", folder, StringComparison.Ordinal));
        }

        var tool = new ToolProcess(Process.Start(start)!, folder);
        tool._process.OutputDataReceived += (_, line) => tool.Note(line.Data);
        tool._process.ErrorDataReceived += (_, line) => tool.Note(line.Data);
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Waits until something holds; else the test fails with what the program printed.</summary>
    public async Task UntilAsync(string what, Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.False(_process.HasExited, $"{_process.StartInfo.FileName} ended before {what}:\n{Output()}");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(45), $"waited in vain for {what}:\n{Output()}");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
