using System.Diagnostics;
using System.Globalization;
using Ops.Model;
using Ops.Pipeline.Buses;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Integration.Kafka;

/// <summary>A worker of the bus in a process of its own, which a test may kill: this test program again, in which
/// a startup hook works before any test would run.</summary>
public sealed class BusWorker : IDisposable
{
    private const string Variable = "OPS_TEST_BUS_WORKER";

    private readonly Process _process;

    private BusWorker(Process process, string file) => (_process, File) = (process, file);

    /// <summary>Where it writes what it took, a line a sample: resource and volume.</summary>
    public string File { get; }

    public static BusWorker Start(string brokers, string topic, string file)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BusWorker).Assembly.Location])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(BusWorker).Assembly.Location;
        start.Environment[Variable] = $"{brokers};{topic};{file}";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new BusWorker(process, file);
    }

    /// <summary>What it took so far.</summary>
    public string[] Lines()
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
        }

        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>The bus to the old broker, as the workers and their tests have it.</summary>
    public static KafkaBusOptions Options(string brokers, string topic) => new()
    {
        Connection = new KafkaConnection
        {
            Brokers = brokers, AsksVersion = false, FallbackVersion = "0.9.0.1",
        },
        SampleTopic = topic,
        SessionTimeout = TimeSpan.FromSeconds(6),
        CommitInterval = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>Works until the process is ended, where this process was started as a worker.</summary>
    internal static void RunWhereAskedFor()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(';') is [var brokers, var topic, var file])
        {
            using var sink = new LineSink(file);
            var source = new KafkaSampleSource(
                Options(brokers, topic), new SeriesCatalog(), sink, TimeProvider.System);
            source.RunAsync(CancellationToken.None).Wait();
            Environment.Exit(0);
        }
    }

    private sealed class LineSink(string file) : ISampleSink, IDisposable
    {
        private readonly StreamWriter _lines = new(file, append: true);

        public async ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var sample = batch.Items[i];
                _lines.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{sample.Series.ResourceId} {sample.Volume}\n"));
            }

            await _lines.FlushAsync(cancellationToken);
        }

        public void Dispose() => _lines.Dispose();
    }
}
