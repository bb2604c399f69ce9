using System.Text;

namespace Ops.Collectors.Scrape;

/// <summary>Parts of a text that somebody else wrote, fit to stand in a message: short, and without control characters.
/// </summary>
internal static class QuotedText
{
    /// <summary>Characters or bytes that are quoted.</summary>
    public const int LengthMax = 80;

    /// <summary>The bytes as text.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => bytes.Length <= LengthMax
        ? Clean(Encoding.UTF8.GetString(bytes))
        : $"{Clean(Encoding.UTF8.GetString(bytes[..LengthMax]))}...";

    /// <summary>The text.</summary>
    public static string Of(string text) =>
        text.Length <= LengthMax ? Clean(text) : $"{Clean(text[..LengthMax])}...";

    private static string Clean(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c))
        : text;
}
