using Microsoft.Extensions.Logging;

namespace Ops.Console;

/// <summary>What the console logs; ids 7000 to 7099.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "The live stream broke; listening again in {Seconds} s")]
    public static partial void LiveStreamBroke(this ILogger logger, Exception fault, double seconds);

    [LoggerMessage(7001, LogLevel.Warning, "The page {Page} could not be refreshed")]
    public static partial void PageNotRefreshed(this ILogger logger, Exception fault, string page);
}
