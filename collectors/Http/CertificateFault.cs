using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ops.Collectors.Http;

/// <summary>Says why a server's certificate is not valid.</summary>
internal static class CertificateFault
{
    /// <summary>The reason, for people; null when the certificate is valid.</summary>
    public static string? Of(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            reasons.Add("there is none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add("it is for another name");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var statuses = (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct().ToList();
            reasons.AddRange(statuses.Select(Words));
        }

        return $"the certificate is not valid: {string.Join(", ", reasons)}";
    }

    private static string Words(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "it has expired or is not valid yet",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "its authority is not trusted",
        X509ChainStatusFlags.Revoked => "it is revoked",
        _ => status.ToString(),
    };
}
