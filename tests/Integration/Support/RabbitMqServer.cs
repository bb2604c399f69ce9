using System.Diagnostics;
using System.Text;

namespace Ops.Integration.Support;

/// <summary>
/// A real RabbitMQ on free loopback ports with a port mapper of its own; what is durable survives a stop.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private readonly StringBuilder _output = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-rabbit-").FullName;
    private readonly int _epmdPort = LoopbackPort.Free();
    private readonly int _distributionPort = LoopbackPort.Free();
    private readonly Process _epmd;
    private Process? _broker;

    public RabbitMqServer()
    {
        File.WriteAllText(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.local = 127.0.0.1:{Port}
            loopback_users.guest = true
            log.file.level = warning

            """);
        File.WriteAllText(Path.Combine(_folder, "plugins"), "[].\n");
        _epmd = Begin("/usr/bin/epmd", "-address", "127.0.0.1", "-port", $"{_epmdPort}");
    }

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Its address for any AMQP client.</summary>
    public string AmqpUrl => $"amqp://guest:guest@127.0.0.1:{Port}/";

    /// <summary>Its address as oslo.messaging writes it.</summary>
    public string TransportUrl => $"rabbit://guest:guest@127.0.0.1:{Port}/";

    /// <summary>Starts the broker, and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        _broker = Begin(Directory.GetFiles("/usr/lib/rabbitmq/lib", "rabbitmq-server", SearchOption.AllDirectories)
            .Single(path => path.EndsWith("/sbin/rabbitmq-server", StringComparison.Ordinal)));
        await ServerProcess.WaitAsync("RabbitMQ to take connections", StartMax, async () =>
        {
            if (_broker.HasExited)
            {
                throw new InvalidOperationException($"RabbitMQ ended with {_broker.ExitCode}:\n{Output}");
            }

            return await GreetsAsync();
        });
    }

    /// <summary>Asks the broker to stop, which keeps what is durable.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_broker!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(StopMax);
        await _broker.WaitForExitAsync(limit.Token);
        Forget();
    }

    /// <summary>Ends the broker as a crash would.</summary>
    public async Task KillAsync()
    {
        _broker!.Kill(entireProcessTree: true);
        await _broker.WaitForExitAsync();
        Forget();
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await KillAsync();
        }

        _epmd.Kill();
        await _epmd.WaitForExitAsync();
        _epmd.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Whether it answers the protocol's header, as it does when it is up and not only listening.</summary>
    private async Task<bool> GreetsAsync()
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port);
            await client.GetStream().WriteAsync("AMQP\0\0\x09\x01"u8.ToArray());
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            return await client.GetStream().ReadAsync(new byte[8], limit.Token) == 8;
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or IOException
            or OperationCanceledException)
        {
            return false;
        }
    }

    private void Forget()
    {
        _broker!.Dispose();
        _broker = null;
    }

    private Process Begin(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = "ops@localhost",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
        ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = $"{_epmdPort}",
        // The virtual machine then takes the place of the script that starts it, and its process id.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
    };

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
