using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ops.Model;

/// <summary>The signature of a metering or event message, as Ceilometer computes and verifies it.</summary>
/// <remarks>
/// HMAC-SHA256 over name and value of each leaf, names as <c>parent:child</c>, mappings in the order of their keys'
/// code points, values as Python prints them; an empty mapping contributes nothing, and the outermost
/// <c>message_signature</c> is left out. Source: ceilometer.publisher.utils.compute_signature (19.0.0).
/// </remarks>
public static class MessageSignature
{
    /// <summary>The field of a message that bears its signature.</summary>
    public const string Field = "message_signature";

    /// <summary>The signature in lower-case hexadecimal; empty for an empty secret.</summary>
    /// <exception cref="ArgumentException">
    /// The message is not an object, or holds text that is not Unicode (half a surrogate pair).
    /// </exception>
    public static string Compute(JsonElement message, string secret)
    {
        if (secret.Length == 0)
        {
            return "";
        }

        return TryCompute(message, secret)
            ?? throw new ArgumentException("only an object whose texts are Unicode can be signed", nameof(message));
    }

    /// <summary>
    /// Whether the message bears the signature that belongs to it; an empty secret verifies everything.
    /// </summary>
    public static bool Verify(JsonElement message, string secret)
    {
        if (secret.Length == 0)
        {
            return true;
        }

        return TryCompute(message, secret) is { } expected
            && message.TryGetProperty(Field, out var found)
            && PythonText.TextOf(found) is { } text
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(text));
    }

    private static string? TryCompute(JsonElement message, string secret)
    {
        var text = new StringBuilder();
        if (message.ValueKind != JsonValueKind.Object || !AppendPairs(text, "", message))
        {
            return null;
        }

        return Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static bool AppendPairs(StringBuilder text, string prefix, JsonElement mapping)
    {
        if (PythonText.SortedMembers(mapping) is not { } members)
        {
            return false;
        }

        foreach (var (name, value) in members)
        {
            var path = prefix + name;
            if (path == Field && value.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Object)
            {
                if (!AppendPairs(text, path + ":", value))
                {
                    return false;
                }

                continue;
            }

            text.Append(path);
            if (!PythonText.TryAppend(text, value, isByteText: true))
            {
                return false;
            }
        }

        return true;
    }
}
