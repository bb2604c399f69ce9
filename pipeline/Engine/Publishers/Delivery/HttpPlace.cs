using System.Text;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>What the addresses of all publishers over HTTP say alike: host, port, path, TLS, credentials,
/// timeout.</summary>
/// <param name="Place">Scheme, host, port and path, without user, password and parameters.</param>
/// <param name="UserInfo"><c>user:password</c> as the address has it, unescaped; null for none.</param>
/// <param name="Timeout">How long one request may take.</param>
/// <param name="VerifiesCertificate">Whether the server's certificate is verified.</param>
/// <param name="AuthorityFile">A PEM file of the authorities to trust, or null.</param>
internal sealed record HttpPlace(
    Uri Place, string? UserInfo, TimeSpan Timeout, bool VerifiesCertificate, string? AuthorityFile)
{
    private static readonly TimeSpan TimeoutUsual = TimeSpan.FromSeconds(10);

    /// <summary>Takes <c>tls</c>, <c>ssl</c>, <c>timeout</c> and <c>verify_ssl</c> out of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="port">The port where it names none.</param>
    /// <exception cref="FormatException">A parameter is not what it may be, or there is no host.</exception>
    public static HttpPlace From(PublisherAddress address, int port)
    {
        var isTls = address.TakeBool("tls", false) | address.TakeBool("ssl", false);
        var timeout = address.TakeSeconds("timeout", TimeoutUsual);
        var verify = address.Take("verify_ssl") ?? "true";
        var text = $"{(isTls ? "https" : "http")}://{address.Place}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var place) || place.Host.Length == 0)
        {
            throw new FormatException("it names no host");
        }

        var isWord = verify.ToLowerInvariant() is "true" or "false" or "1" or "0" or "";
        var hasPort = HasPort(address.Place);
        return new HttpPlace(
            new UriBuilder(place) { UserName = "", Password = "", Port = hasPort ? place.Port : port }.Uri,
            place.UserInfo.Length > 0 ? Uri.UnescapeDataString(place.UserInfo) : null,
            timeout,
            verify.ToLowerInvariant() is not ("false" or "0"),
            isWord ? null : verify);
    }

    /// <summary>The header Authorization that its user and password make, or null.</summary>
    public (string Scheme, string Value)? Basic() => UserInfo is { } user ? Basic(user) : null;

    /// <summary>The header Authorization of <c>user:password</c>.</summary>
    public static (string Scheme, string Value) Basic(string userAndPassword) =>
        ("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

    private static bool HasPort(string place)
    {
        var end = place.IndexOf('/');
        var authority = end < 0 ? place : place[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return host.LastIndexOf(':') > host.LastIndexOf(']');
    }
}
