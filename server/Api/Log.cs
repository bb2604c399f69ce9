namespace Ops.Server.Api;

/// <summary>The log messages of the HTTP side: ids 100 to 199.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception fault, string method, string path);
}
