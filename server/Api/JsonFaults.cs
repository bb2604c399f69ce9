using System.Globalization;
using System.Text.Json;

namespace Ops.Server.Api;

/// <summary>Words for JSON that cannot be read.</summary>
internal static class JsonFaults
{
    /// <summary>Says where the text stops being what was expected, and why.</summary>
    public static string Describe(JsonException fault, string expected)
    {
        var message = fault.Message;
        var tail = message.IndexOf(" Path:", StringComparison.Ordinal);
        tail = tail < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : tail;
        var why = (tail < 0 ? message : message[..tail]).TrimEnd('.', ' ');
        if (why.Contains("could not be converted", StringComparison.Ordinal))
        {
            why = "the value is of another kind";
        }

        var place = fault.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte "
            + $"{(fault.BytePositionInLine ?? 0) + 1}")
            : "";
        return $"the body is not {expected} in JSON{place}: {why}";
    }
}
