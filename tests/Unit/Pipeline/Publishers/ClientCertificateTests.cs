using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>Against a real server on the loopback address that asks who calls.</summary>
public sealed class ClientCertificateTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-tls-").FullName;
    private readonly List<string?> _callers = [];
    private WebApplication? _server;
    private string _place = "";

    public async ValueTask InitializeAsync()
    {
        var identity = Certificate("server", "localhost");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseHttps(identity, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = static (_, _, _) => true;
            })));
        _server = builder.Build();
        _server.Run(context =>
        {
            _callers.Add(context.Connection.ClientCertificate?.Subject);
            return Task.CompletedTask;
        });
        await _server.StartAsync();
        _place = $"localhost:{new Uri(_server.Urls.First()).Port}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_certificate_is_shown_and_the_servers_is_judged_by_the_authorities_given()
    {
        Certificate("me", "me");
        var authority = Path.Combine(_folder, "server.pem");
        var me = $"clientcert={Path.Combine(_folder, "me.pem")}&clientkey={Path.Combine(_folder, "me.key")}";
        Assert.Equal(PublishOutcome.Sent, await SendAsync($"https://{_place}/?verify_ssl={authority}&{me}&poolsize=1"));
        Assert.Equal(PublishOutcome.Sent, await SendAsync($"https://{_place}/?verify_ssl=False"));
        Assert.Equal(PublishOutcome.Passing, await SendAsync($"https://{_place}/"));
        Assert.Equal(["CN=me", null], _callers);
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_says_why()
    {
        var catalog = PublisherCatalog.BuiltIn(new FakeStore(), TimeProvider.System);
        Assert.False(catalog.TryOpen("https://h/?clientkey=/k", out _, out var problem));
        Assert.Equal("'clientkey' needs 'clientcert'", problem);
        Assert.False(catalog.TryOpen("https://h/?clientcert=/no/such.pem", out _, out problem));
        Assert.Contains("/no/such.pem", problem);
        File.WriteAllText(Path.Combine(_folder, "bad.pem"), "no certificate");
        Assert.False(catalog.TryOpen($"https://h/?clientcert={_folder}/bad.pem", out _, out problem));
        Assert.NotEmpty(problem);
    }

    private static async Task<PublishOutcome> SendAsync(string address)
    {
        await using var target = new HttpTarget(
            HttpTargetOptions.From(PublisherAddress.Parse(address)), TimeProvider.System);
        using var batch = Some.Batch(new SeriesCatalog().Sample("m", 1));
        return (await target.SendAsync(batch, default)).Outcome;
    }

    private X509Certificate2 Certificate(string file, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(Some.Start, Some.Start.AddYears(100));
        File.WriteAllText(Path.Combine(_folder, $"{file}.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, $"{file}.key"), key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
