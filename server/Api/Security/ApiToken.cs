using System.Security.Cryptography;
using System.Text;

namespace Ops.Server.Api.Security;

/// <summary>A token that opens the HTTP side; only its hash is known.</summary>
/// <param name="Name">Whose it is, for people.</param>
/// <param name="Sha256">SHA-256 of the token's UTF-8 bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Role">What its bearer may do.</param>
public sealed record ApiToken(string Name, string Sha256, ApiRole Role)
{
    /// <summary>Whether a text has the shape of <see cref="Sha256"/>; case does not matter.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>The hash of a token as clients present it.</summary>
    public static string HashOf(string presented) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(presented)));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Role})";
}
