using System.Text;

namespace Ops.Collectors.Keystone;

/// <summary>Reads an answer's body up to a limit.</summary>
internal static class AnswerReader
{
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>The body as text; null where it is larger.</summary>
    public static async Task<string?> TextAsync(
        HttpContent content, CancellationToken cancellationToken, int bytesMax = BytesMax)
    {
        if (content.Headers.ContentLength > bytesMax)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var piece = new byte[64 * 1024];
            while (await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                body.Write(piece, 0, count);
                if (body.Length > bytesMax)
                {
                    return null;
                }
            }

            return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF');
        }
    }
}
