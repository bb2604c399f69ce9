using System.Diagnostics;
using System.Globalization;
using Ops.Integration.Support;

namespace Ops.Integration.Redis;

/// <summary>A real Redis server or Sentinel on a loopback port, its files in a folder of its own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-redis-").FullName;
    private readonly string _program;
    private readonly string _password;
    private Process? _process;

    private RedisProcess(string program, string config, string password)
    {
        (_program, _password) = (program, password);
        File.WriteAllText(Config, $"""
            bind 127.0.0.1
            port {Port}
            dir {_folder}
            daemonize no
            {config}

            """);
    }

    public int Port { get; } = LoopbackPort.Free();

    public string Url => $"redis://{(_password.Length > 0 ? $":{_password}@" : "")}127.0.0.1:{Port}";

    private string Config => Path.Combine(_folder, "redis.conf");

    public static async Task<RedisProcess> ServerAsync(string config = "", string password = "")
    {
        var login = password.Length == 0 ? "" : $"requirepass {password}\nmasterauth {password}\n";
        return await StartedAsync(new RedisProcess(
            "/usr/bin/redis-server", $"save \"\"\nappendonly no\nrepl-diskless-sync-delay 0\n{login}{config}",
            password));
    }

    public static Task<RedisProcess> SentinelAsync(RedisProcess master, string name) => StartedAsync(new RedisProcess(
        "/usr/bin/redis-sentinel",
        $"""
        sentinel monitor {name} 127.0.0.1 {master.Port} 1
        sentinel down-after-milliseconds {name} 1000
        sentinel failover-timeout {name} 5000
        """ + (master._password.Length > 0 ? $"\nsentinel auth-pass {name} {master._password}" : ""),
        ""));

    /// <summary>What redis-cli prints.</summary>
    public async Task<string> CliAsync(params string[] words)
    {
        var start = new ProcessStartInfo("/usr/bin/redis-cli")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] login = _password.Length > 0 ? ["--no-auth-warning", "-a", _password] : [];
        foreach (var word in (string[])["-p", Port.ToString(CultureInfo.InvariantCulture), .. login, .. words])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start(
            "/usr/bin/kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<RedisProcess> StartedAsync(RedisProcess redis)
    {
        var start = new ProcessStartInfo(redis._program) { RedirectStandardOutput = true };
        start.ArgumentList.Add(redis.Config);
        redis._process = Process.Start(start)!;
        redis._process.BeginOutputReadLine();
        await ServerProcess.WaitAsync($"{redis._program} to answer", TimeSpan.FromSeconds(20), async () =>
        {
            Assert.False(redis._process.HasExited, $"{redis._program} ended");
            return (await redis.CliAsync("PING")).Contains("PONG");
        });
        return redis;
    }
}
