using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;

namespace Ops.Server.Api;

/// <summary>
/// Opens a request's body, unpacked, so that neither what was sent nor what comes out exceeds a limit.
/// </summary>
internal static class RequestBody
{
    /// <summary>
    /// The body as plain bytes; reading past the limit throws with status 413, another encoding with 415.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The length that is announced is too large, or the encoding
    /// unknown.</exception>
    public static Stream Open(HttpContext context, int bytesMax)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            // Ours is the limit that counts, and its message the one that is seen.
            server.MaxRequestBodySize = null;
        }

        if (request.ContentLength > bytesMax)
        {
            throw BoundedStream.TooLarge(bytesMax);
        }

        var sent = new BoundedStream(request.Body, bytesMax);
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => sent,
            "gzip" or "x-gzip" => new BoundedStream(new GZipStream(sent, CompressionMode.Decompress), bytesMax),
            "deflate" => new BoundedStream(new ZLibStream(sent, CompressionMode.Decompress), bytesMax),
            _ => throw new BadHttpRequestException(
                $"Content-Encoding '{encoding}' is not one of identity, gzip, deflate",
                StatusCodes.Status415UnsupportedMediaType),
        };
    }
}
