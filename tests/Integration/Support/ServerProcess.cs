using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>
/// A real <c>ops serve</c> in a process of its own, on a free loopback port and a data folder of its own.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly string _folder;
    private Process? _process;

    public ServerProcess(string name)
    {
        _folder = Path.Combine(Path.GetTempPath(), $"ops-test-{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(ConfigFolder);
        Port = LoopbackPort.Free();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ops.dll");

    public int Port { get; }

    public HttpClient Http { get; }

    public string DataFolder => Path.Combine(_folder, "data");

    public string ConfigFolder => Path.Combine(_folder, "etc");

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public bool HasExited => _process?.HasExited ?? true;

    public int ProcessId => _process!.Id;

    /// <summary>Writes a configuration file before or while the server runs.</summary>
    public void Configure(string name, string text)
    {
        var path = Path.Combine(ConfigFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        foreach (var argument in new[]
                 {
                     Program, "serve", "--config", ConfigFolder, "--data", DataFolder,
                     "--listen", $"http://127.0.0.1:{Port}",
                 })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitAsync("the server to be ready", StartMax, async () =>
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"the server ended with {_process.ExitCode}:\n{Output}");
            }

            using var answer = await Http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        });
    }

    /// <summary>Ends the process as a crash would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop (SIGTERM) and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", ProcessId.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Posts line protocol.</summary>
    public async Task<HttpResponseMessage> WriteAsync(string lines, string query = "db=test&precision=ns") =>
        await Http.PostAsync($"/write?{query}", new StringContent(lines));

    /// <summary>Runs InfluxQL and gives the first result's series.</summary>
    public async Task<JsonElement> QueryAsync(string influxQl)
    {
        var answer = await GetAsync($"/query?db=test&epoch=ns&q={Uri.EscapeDataString(influxQl)}");
        var result = answer.GetProperty("results")[0];
        Assert.False(result.TryGetProperty("error", out var error), error.ToString());
        return result.TryGetProperty("series", out var series)
            ? series
            : JsonSerializer.SerializeToElement(Array.Empty<int>());
    }

    /// <summary>Runs a client verb of the program against this server.</summary>
    public async Task<(int Code, string Out, string Error)> OpsAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OPS_SERVER"] = $"http://127.0.0.1:{Port}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Asks again every quarter of a second until the answer is yes.</summary>
    public static async Task WaitAsync(string what, TimeSpan limit, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        while (clock.Elapsed < limit)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException)
            {
                last = fault;
            }

            await Task.Delay(250);
        }

        Assert.Fail($"waited {limit.TotalSeconds} s for {what} in vain. {last?.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
