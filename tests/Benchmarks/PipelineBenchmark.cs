namespace Ops.Benchmarks;

/// <summary>Runs samples through compiled pipelines in process.</summary>
public static class PipelineBenchmark
{
    public static int Run() => 0;
}
