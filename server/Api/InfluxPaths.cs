namespace Ops.Server.Api;

/// <summary>The addresses at which Ops answers as InfluxDB does.</summary>
internal static class InfluxPaths
{
    private static readonly string[] All = ["/write", "/query", "/ping", "/health", "/api/v2/write"];

    /// <summary>Whether the path is one of them.</summary>
    public static bool Include(PathString path) =>
        Array.Exists(All, one => path.Equals(one, StringComparison.Ordinal));
}
