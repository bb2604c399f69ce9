using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Ops.Console.Assets;

/// <summary>The console's style sheets, scripts and icon, embedded in this assembly and held compressed.</summary>
/// <remarks>Embedded so that a page looks the same under <c>dotnet run</c>, from a build folder and
/// published.</remarks>
public sealed class ConsoleAssets
{
    /// <summary>The path all assets lie under.</summary>
    internal const string Folder = "/_content/Ops.Console/";

    private const string ResourcePrefix = "assets/";
    private const int VersionLengthChars = 12;

    private readonly FrozenDictionary<string, Asset> _byName;
    private readonly string _version;

    /// <summary>Reads the assets of this assembly.</summary>
    public ConsoleAssets()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        _byName = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[ResourcePrefix.Length..], name => Read(assembly, name));
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in _byName.Keys.Order(StringComparer.Ordinal))
        {
            all.AppendData(_byName[name].Bytes);
        }

        _version = Convert.ToHexStringLower(all.GetHashAndReset())[..VersionLengthChars];
    }

    /// <summary>The names of all assets.</summary>
    internal IEnumerable<string> Names => _byName.Keys;

    /// <summary>The address of an asset relative to the base path, changing with its content.</summary>
    /// <exception cref="KeyNotFoundException">There is no such asset.</exception>
    public string Url(string name) => _byName.ContainsKey(name)
        ? $"{Folder[1..]}{name}?v={_version}"
        : throw new KeyNotFoundException($"the console has no asset '{name}'");

    /// <summary>Answers a request for an asset: 404 for an unknown name, 304 for one the browser has.</summary>
    internal static async Task ServeAsync(HttpContext context, string name)
    {
        var assets = context.RequestServices.GetRequiredService<ConsoleAssets>();
        if (!assets._byName.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.ETag = asset.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = context.Request.Query["v"] == assets._version
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(asset.Tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var gzip = context.Request.Headers.AcceptEncoding.ToString()
            .Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var body = gzip ? asset.Gzip : asset.Bytes;
        if (gzip)
        {
            headers.ContentEncoding = "gzip";
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Asset Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionLengthChars]}\"";
        return new Asset(bytes, packed.ToArray(), tag, ContentType(resource));
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"asset '{name}' has the unknown kind '{other}'"),
    };

    private sealed record Asset(byte[] Bytes, byte[] Gzip, string Tag, string ContentType);
}
