using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Ops.Collectors.Otlp;

namespace Ops.Server.Api.Otlp;

/// <summary>Answers one call of gRPC that has one message each way.</summary>
/// <remarks>
/// <code>
/// message = compressed (1 byte) length (4 bytes, big endian) bytes
/// </code>
/// The status stands in the trailers <c>grpc-status</c> and <c>grpc-message</c>. The bytes go to the reader as they
/// come, without generated classes between. Source: "gRPC over HTTP2".
/// </remarks>
internal static class OtlpGrpc
{
    public const int InvalidArgument = 3;
    public const int ResourceExhausted = 8;
    public const int Unimplemented = 12;

    private const int HeaderBytes = 5;

    public static async Task ExportAsync(HttpContext context, OtlpReceiver receiver, OtlpSignal signal)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            await Problems.WriteAsync(context, 415,
                $"this address takes application/grpc, found '{context.Request.ContentType}'");
            return;
        }

        if (!context.Response.SupportsTrailers())
        {
            await Problems.WriteAsync(context, 505, "gRPC needs HTTP/2; see grpc_listen of otlp");
            return;
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        try
        {
            using var message = await MessageAsync(context, receiver.BodyBytesMax);
            var result = await receiver.TakeAsync(message.Bytes, signal, isJson: false, context.RequestAborted);
            if (result.IsMalformed)
            {
                End(context, InvalidArgument, result.Message!);
                return;
            }

            await AnswerAsync(context, OtlpAnswer.Taken(result, signal, isJson: false));
            End(context, 0, "");
        }
        catch (BadHttpRequestException refusal)
        {
            End(context, refusal.StatusCode switch
            {
                413 => ResourceExhausted,
                415 => Unimplemented,
                _ => InvalidArgument,
            }, refusal.Message);
        }
        catch (InvalidDataException)
        {
            End(context, InvalidArgument, "gzip: invalid header or body");
        }
    }

    private static async Task<PooledBody> MessageAsync(HttpContext context, int bytesMax)
    {
        await using var sent = RequestBody.Open(context, bytesMax + HeaderBytes);
        var header = new byte[HeaderBytes];
        if (await sent.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            throw new BadHttpRequestException("the message is cut off", 400);
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1)) > bytesMax)
        {
            throw BoundedStream.TooLarge(bytesMax);
        }

        var encoding = context.Request.Headers["grpc-encoding"].ToString();
        if (header[0] == 0)
        {
            return Whole(await PooledBody.ReadAsync(sent, context.RequestAborted), header);
        }

        if (encoding != "gzip")
        {
            throw new BadHttpRequestException($"grpc-encoding '{encoding}' is not one of identity, gzip", 415);
        }

        var packed = Whole(await PooledBody.ReadAsync(sent, context.RequestAborted), header);
        using (packed)
        {
            await using var plain = new BoundedStream(
                new GZipStream(new MemoryStream(packed.Bytes.ToArray()), CompressionMode.Decompress), bytesMax);
            return await PooledBody.ReadAsync(plain, context.RequestAborted);
        }
    }

    private static PooledBody Whole(PooledBody body, byte[] header)
    {
        if (body.Length == BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1)))
        {
            return body;
        }

        body.Dispose();
        throw new BadHttpRequestException("the message is cut off, or another follows it", 400);
    }

    private static async Task AnswerAsync(HttpContext context, byte[] message)
    {
        var framed = new byte[HeaderBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed.AsSpan(HeaderBytes));
        await context.Response.Body.WriteAsync(framed, context.RequestAborted);
    }

    private static void End(HttpContext context, int status, string message)
    {
        context.Response.AppendTrailer("grpc-status", status.ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0)
        {
            var cut = message.Length <= ApiLimits.HeaderCharsMax ? message : message[..ApiLimits.HeaderCharsMax];
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(cut));
        }
    }
}
