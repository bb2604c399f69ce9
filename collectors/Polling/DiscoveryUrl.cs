namespace Ops.Collectors.Polling;

/// <summary>A discovery as sources and pollsters name it: <c>name</c> or <c>name://parameter</c>.</summary>
internal static class DiscoveryUrl
{
    private const string Separator = "://";

    /// <summary>What stands before the separator.</summary>
    public static string NameOf(string url) =>
        url.IndexOf(Separator, StringComparison.Ordinal) is var at and >= 0 ? url[..at] : url;

    /// <summary>What stands after the separator; null when there is nothing.</summary>
    public static string? ParameterOf(string url)
    {
        var at = url.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 || at + Separator.Length == url.Length ? null : url[(at + Separator.Length)..];
    }
}
