using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ops.Console;
using Ops.Console.Assets;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed partial class ConsoleAssetsTests : IAsyncLifetime
{
    private readonly ConsoleAssets _assets = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton<IOpsView>(new FakeView());
        builder.Services.AddOpsConsole();
        _app = builder.Build();
        _app.MapOpsConsole();
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("MudBlazor.min.css")]
    [InlineData("MudBlazor.min.js")]
    [InlineData("blazor.web.js")]
    [InlineData("charts.css")]
    [InlineData("console.css")]
    [InlineData("console.js")]
    [InlineData("icon.svg")]
    [InlineData("pages.css")]
    [InlineData("theme.js")]
    public async Task An_asset_is_embedded_and_may_be_kept_for_ever_under_its_versioned_address(string name)
    {
        using var answer = await _client.GetAsync(_assets.Url(name));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        Assert.NotEqual(0, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_asset_comes_compressed_to_whoever_can_read_that()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _assets.Url("console.css"));
        request.Headers.Add("Accept-Encoding", "gzip, br");

        using var answer = await _client.SendAsync(request);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);

        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("--ground", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_the_browser_has_is_not_sent_again()
    {
        using var first = await _client.GetAsync(_assets.Url("theme.js"));
        using var request = new HttpRequestMessage(HttpMethod.Get, _assets.Url("theme.js"));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("nothing.css")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task An_unknown_asset_is_not_found(string name)
    {
        using var answer = await _client.GetAsync(ConsoleAssets.Folder + name);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_said() =>
        Assert.Equal(
            "the console has no asset 'nothing.css'",
            Assert.Throws<KeyNotFoundException>(() => _assets.Url("nothing.css")).Message);

    [Fact]
    public async Task No_asset_of_ours_and_no_page_names_another_host()
    {
        foreach (var name in _assets.Names.Where(name => !name.Contains("MudBlazor") && name != "blazor.web.js"))
        {
            Assert.Empty(
                Strangers().Matches(await _client.GetStringAsync(_assets.Url(name))).Select(match => match.Value));
        }

        foreach (var page in new[] { "/", "/topology", "/alarms", "/explore", "/templates", "/status" })
        {
            Assert.Empty(Strangers().Matches(await _client.GetStringAsync(page)).Select(match => match.Value));
        }
    }

    [Fact]
    public async Task A_page_is_whole_before_any_script_runs()
    {
        var page = await _client.GetStringAsync("/");

        Assert.Contains("All is well", page, StringComparison.Ordinal);
        Assert.Contains("<title>Ops</title>", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("""(src|href)="?(https?:)?//(?!localhost)|url\(["']?(https?:)?//|@import""")]
    private static partial Regex Strangers();
}
