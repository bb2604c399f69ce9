using System.Diagnostics;

namespace Ops.Server.Api.Measures;

/// <summary>What the process uses, under the names that Prometheus clients give.</summary>
internal static class ProcessFigures
{
    private const string DescriptorFolder = "/proc/self/fd";

    /// <summary>Writes the families.</summary>
    public static void Write(ExpositionText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Family("process_cpu_seconds_total", "counter", "CPU time used, in seconds.",
            ("", process.TotalProcessorTime.TotalSeconds));
        text.Family("process_resident_memory_bytes", "gauge", "Memory in RAM, in bytes.", ("", process.WorkingSet64));
        text.Family("process_start_time_seconds", "gauge", "Start, in seconds since the Unix epoch.",
            ("", new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0));
        text.Family("process_threads", "gauge", "Threads of the operating system.", ("", process.Threads.Count));
        if (Directory.Exists(DescriptorFolder))
        {
            text.Family("process_open_fds", "gauge", "Open file descriptors.",
                ("", Directory.EnumerateFileSystemEntries(DescriptorFolder).Count()));
        }

        text.Family("dotnet_gc_heap_bytes", "gauge", "Managed heap, in bytes.", ("", GC.GetTotalMemory(false)));
        text.Family("dotnet_gc_allocated_bytes_total", "counter", "Managed bytes ever allocated.",
            ("", GC.GetTotalAllocatedBytes()));
        text.Family("dotnet_gc_collections_total", "counter", "Garbage collections by generation.",
            Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation =>
                (ExpositionText.Label("generation", $"{generation}"), (double)GC.CollectionCount(generation))));
        text.Family("dotnet_gc_pause_seconds_total", "counter", "Time paused for garbage collection, in seconds.",
            ("", GC.GetTotalPauseDuration().TotalSeconds));
    }
}
