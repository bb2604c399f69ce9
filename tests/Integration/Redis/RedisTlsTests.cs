using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ops.Collectors.Redis;
using Ops.Integration.Support;

namespace Ops.Integration.Redis;

/// <summary>The Redis collector over an encrypted connection.</summary>
public sealed class RedisTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-tls-").FullName;

    [Fact]
    public async Task A_certificate_is_accepted_from_its_own_authority_only()
    {
        var (certificate, key) = MakeCertificate();
        var port = LoopbackPort.Free();
        await using var redis = await RedisProcess.ServerAsync(
            $"tls-port {port}\ntls-cert-file {certificate}\ntls-key-file {key}\ntls-ca-cert-file {certificate}\n"
            + "tls-auth-clients no");
        var target = new RedisTarget("127.0.0.1", port) { Tls = true, CaFile = certificate };
        await using var known = new WatchedRedis([target], []);
        await using var unknown = new WatchedRedis([target with { CaFile = null }], []);
        var id = $"here:{port}";
        await WatchedRedis.UntilAsync("both", () => known.Last("redis.server", id) is not null
            && unknown.Last("redis.server", id) is not null);
        Assert.Equal("ACTIVE", known.Last("redis.server", id)!.State);
        Assert.Equal("DOWN", unknown.Last("redis.server", id)!.State);
        Assert.Contains("certificate", Assert.Single(unknown.Kept.Reports));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (string Certificate, string Key) MakeCertificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=redis", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificate, key) = (Path.Combine(_folder, "redis.crt"), Path.Combine(_folder, "redis.key"));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }
}
