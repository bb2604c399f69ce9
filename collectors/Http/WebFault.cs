using System.Security.Authentication;

namespace Ops.Collectors.Http;

/// <summary>Says in a few words why a web server did not answer.</summary>
internal static class WebFault
{
    /// <summary>Whether an exception is one of those that an unwell server or network causes.</summary>
    public static bool IsExpected(Exception fault) =>
        fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException
            or AuthenticationException or UriFormatException;

    /// <summary>The reason, for people; the same for the same cause.</summary>
    public static string Text(Exception fault, TimeSpan timeout)
    {
        if (fault is OperationCanceledException)
        {
            return FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.###} s");
        }

        var innermost = fault;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost.Message.TrimEnd('.');
    }
}
