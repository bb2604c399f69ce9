using Ops.Benchmarks;
using Ops.Benchmarks.Ingest;
using Ops.Benchmarks.Rca;

var wanted = args.Length == 0 ? ["pipeline", "rca", "ingest", "otlp"] : args;
var failures = 0;
foreach (var name in wanted)
{
    failures += name switch
    {
        "pipeline" => PipelineBenchmark.Run(),
        "rca" => RcaBenchmark.Run(Path.Combine(AppContext.BaseDirectory, "templates")),
        "otlp" => OtlpBenchmark.Run(),
        "ingest" => await IngestBenchmark.RunAsync(),
        _ => Unknown(name),
    };
}

return failures == 0 ? 0 : 1;

static int Unknown(string name)
{
    Error.WriteLine($"no benchmark is called '{name}'; there are: pipeline, rca, ingest, otlp");
    return 1;
}
