using System.Globalization;
using System.Text;

namespace Ops.Collectors.Redis.Protocol;

/// <summary>Reads the second version of Redis's protocol.</summary>
/// <remarks>
/// <code>
/// value = '+' text CRLF | '-' text CRLF | ':' integer CRLF
///       | '$' length CRLF (bytes CRLF)?      length -1 is nothing, without bytes
///       | '*' count CRLF value*              count -1 is nothing
/// </code>
/// </remarks>
internal static class RespParser
{
    /// <summary>The most bytes of an answer.</summary>
    public const int AnswerBytesMax = 4 << 20;

    /// <summary>The most bytes of a line.</summary>
    public const int LineBytesMax = 64 << 10;

    /// <summary>The most items of a list.</summary>
    public const int ItemsMax = 16_384;

    /// <summary>How deep lists may lie in lists.</summary>
    public const int DepthMax = 8;

    /// <summary>Reads one value off the front.</summary>
    /// <param name="bytes">What has arrived.</param>
    /// <param name="value">The value; null where it has not arrived whole.</param>
    /// <returns>How many bytes it took; 0 where it has not arrived whole.</returns>
    /// <exception cref="RedisException">It is no value, or exceeds a limit.</exception>
    public static int Read(ReadOnlySpan<byte> bytes, out RespValue? value)
    {
        var at = 0;
        value = Read(bytes, ref at, 0);
        if (value is null && bytes.Length > AnswerBytesMax)
        {
            throw RedisException.Protocol($"an answer exceeds {AnswerBytesMax} bytes");
        }

        return value is null ? 0 : at;
    }

    private static RespValue? Read(ReadOnlySpan<byte> bytes, ref int at, int depth)
    {
        if (depth > DepthMax)
        {
            throw RedisException.Protocol($"lists lie in lists more than {DepthMax} deep");
        }

        if (!TryLine(bytes, ref at, out var kind, out var line))
        {
            return null;
        }

        switch (kind)
        {
            case (byte)'+':
                return new RespValue(Encoding.UTF8.GetString(line));
            case (byte)'-':
                return new RespValue(Encoding.UTF8.GetString(line), IsError: true);
            case (byte)':':
                return new RespValue(Number(line, long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture));
            case (byte)'$':
                return Bulk(bytes, (int)Number(line, -1, AnswerBytesMax), ref at);
            case (byte)'*':
                return List(bytes, (int)Number(line, -1, ItemsMax), ref at, depth);
            default:
                throw RedisException.Protocol($"an answer begins with byte {kind}");
        }
    }

    private static RespValue? Bulk(ReadOnlySpan<byte> bytes, int length, ref int at)
    {
        if (length < 0)
        {
            return RespValue.Nothing;
        }

        if (bytes.Length - at < length + 2)
        {
            return null;
        }

        if (bytes[at + length] != '\r' || bytes[at + length + 1] != '\n')
        {
            throw RedisException.Protocol("a string does not end where its length says");
        }

        var text = Encoding.UTF8.GetString(bytes.Slice(at, length));
        at += length + 2;
        return new RespValue(text);
    }

    private static RespValue? List(ReadOnlySpan<byte> bytes, int count, ref int at, int depth)
    {
        if (count < 0)
        {
            return RespValue.Nothing;
        }

        var items = new List<RespValue>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
        {
            if (Read(bytes, ref at, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new RespValue(null, items);
    }

    private static bool TryLine(ReadOnlySpan<byte> bytes, ref int at, out byte kind, out ReadOnlySpan<byte> line)
    {
        kind = 0;
        line = default;
        var rest = bytes[at..];
        var end = rest[..Math.Min(rest.Length, LineBytesMax)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return rest.Length < LineBytesMax ? false
                : throw RedisException.Protocol($"a line exceeds {LineBytesMax} bytes");
        }

        if (end == 0)
        {
            throw RedisException.Protocol("an answer begins with an empty line");
        }

        kind = rest[0];
        line = rest[1..end];
        at += end + 2;
        return true;
    }

    private static long Number(ReadOnlySpan<byte> line, long least, long most)
    {
        if (long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        throw RedisException.Protocol($"a number from {least} to {most} was expected");
    }
}
