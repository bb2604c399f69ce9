using System.Globalization;

namespace Ops.Console.Words;

/// <summary>Times as people say them.</summary>
public static class Ago
{
    /// <summary>How long before now: <c>just now</c>, <c>42 s ago</c>, <c>3 min ago</c>, <c>2 h ago</c>, <c>5 d
    /// ago</c>.</summary>
    /// <remarks>A time ahead of now is <c>just now</c>: clocks differ a little.</remarks>
    public static string Say(DateTimeOffset then, DateTimeOffset now)
    {
        var span = now - then;
        return span < TimeSpan.FromSeconds(5) ? "just now" : $"{Span(span)} ago";
    }

    /// <summary>A span in its one fitting unit: <c>42 s</c>, <c>3 min</c>, <c>2 h</c>, <c>5 d</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };

    /// <summary>The exact time in its own offset: <c>2026-01-02 03:04:05 +01:00</c>.</summary>
    public static string Exact(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
