using Ops.Benchmarks;
using Ops.Benchmarks.Ceilometer;
using Ops.Benchmarks.Forward;
using Ops.Benchmarks.Ingest;
using Ops.Benchmarks.Rca;

string[] all = ["pipeline", "ceilometer", "rca", "ingest", "forward", "otlp"];
var failures = 0;
foreach (var name in args.Length == 0 ? all : args)
{
    failures += name switch
    {
        "pipeline" => PipelineBenchmark.Run(),
        "ceilometer" => CeilometerBenchmark.Run(),
        "rca" => RcaBenchmark.Run(Path.Combine(AppContext.BaseDirectory, "templates")),
        "ingest" => await IngestBenchmark.RunAsync(),
        "forward" => await ForwardBenchmark.RunAsync(),
        "otlp" => OtlpBenchmark.Run(),
        _ => Unknown(name, all),
    };
}

return failures == 0 ? 0 : 1;

static int Unknown(string name, string[] all)
{
    Error.WriteLine($"no benchmark is called '{name}'; there are: {string.Join(", ", all)}");
    return 1;
}
