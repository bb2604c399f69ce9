using System.Text;
using CsCheck;
using Ops.Collectors.Redis.Protocol;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class RespParserTests
{
    [Theory]
    [InlineData("+OK\r\n", "OK")]
    [InlineData("-ERR no\r\n", "error ERR no")]
    [InlineData(":-42\r\n", "-42")]
    [InlineData("$3\r\na\r\n\r\n", "a\r\n")]
    [InlineData("$0\r\n\r\n", "")]
    [InlineData("$-1\r\n", "nothing")]
    [InlineData("*-1\r\n", "nothing")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*3\r\n$1\r\na\r\n:1\r\n*1\r\n+b\r\n", "[a 1 [b]]")]
    public void Each_kind_of_value_is_read(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "+next\r\n");
        Assert.Equal(bytes.Length - 7, RespParser.Read(bytes, out var value));
        Assert.Equal(expected, Text(value!));
    }

    [Fact]
    public void A_value_that_has_not_arrived_whole_is_waited_for()
    {
        var bytes = Encoding.UTF8.GetBytes("*2\r\n$5\r\nhello\r\n:7\r\n");
        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(0, RespParser.Read(bytes.AsSpan(0, i), out var value));
            Assert.Null(value);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400\r\n", "an answer begins with byte 72")]
    [InlineData("\r\n", "an answer begins with an empty line")]
    [InlineData(":x\r\n", "a number from -9223372036854775808 to 9223372036854775807 was expected")]
    [InlineData("$9999999999\r\n", "a number from -1 to 4194304 was expected")]
    [InlineData("*16385\r\n", "a number from -1 to 16384 was expected")]
    [InlineData("$1\r\nabc", "a string does not end where its length says")]
    [InlineData(
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "lists lie in lists more than 8 deep")]
    public void What_is_no_answer_of_Redis_is_refused(string text, string expected)
    {
        var fault = Assert.Throws<RedisException>(() => RespParser.Read(Encoding.UTF8.GetBytes(text), out _));
        Assert.Equal($"what came is not an answer of Redis: {expected}", fault.Message);
    }

    [Fact]
    public void A_line_without_end_is_refused_at_its_limit()
    {
        var line = new byte[RespParser.LineBytesMax];
        line.AsSpan().Fill((byte)'+');
        Assert.Throws<RedisException>(() => RespParser.Read(line, out _));
    }

    [Fact]
    public void Any_bytes_are_a_value_or_waited_for_or_refused()
    {
        Gen.Byte.Array[0, 200].Sample(IsSettled, iter: 3000);
        string[] pieces = ["*2\r\n", "*1\r\n", "$3\r\n", "abc\r\n", ":1\r\n", "+x\r\n", "-e\r\n", "$-1\r\n", "\r\n"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30]
            .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))
            .Sample(IsSettled, iter: 5000);
    }

    private static bool IsSettled(byte[] bytes)
    {
        try
        {
            var taken = RespParser.Read(bytes, out var value);
            return value is null ? taken == 0 : taken > 0 && taken <= bytes.Length;
        }
        catch (RedisException)
        {
            return true;
        }
    }

    private static string Text(RespValue value) => value.IsError ? $"error {value.Text}"
        : value.Items is { } items ? $"[{string.Join(' ', items.Select(Text))}]" : value.Text ?? "nothing";
}
