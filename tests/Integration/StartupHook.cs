using Ops.Integration.Kafka;

/// <summary>What runs before the test program where <c>DOTNET_STARTUP_HOOKS</c> names it; .NET asks for this name
/// outside of any namespace.</summary>
internal static class StartupHook
{
    public static void Initialize() => BusWorker.RunWhereAskedFor();
}
