using System.Buffers;
using System.Text.Json;
using Ops.Pipeline.Publishers.Wire;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

/// <summary>The expected bytes were written by Python's msgpack 1.0.3 with <c>use_bin_type=True</c>.</summary>
public sealed class MsgpackWriterTests
{
    [Theory]
    [InlineData("null", "c0")]
    [InlineData("true", "c3")]
    [InlineData("false", "c2")]
    [InlineData("0", "00")]
    [InlineData("127", "7f")]
    [InlineData("128", "cc80")]
    [InlineData("255", "ccff")]
    [InlineData("256", "cd0100")]
    [InlineData("65535", "cdffff")]
    [InlineData("65536", "ce00010000")]
    [InlineData("4294967295", "ceffffffff")]
    [InlineData("4294967296", "cf0000000100000000")]
    [InlineData("18446744073709551615", "cfffffffffffffffff")]
    [InlineData("-1", "ff")]
    [InlineData("-32", "e0")]
    [InlineData("-33", "d0df")]
    [InlineData("-128", "d080")]
    [InlineData("-129", "d1ff7f")]
    [InlineData("-32769", "d2ffff7fff")]
    [InlineData("-2147483649", "d3ffffffff7fffffff")]
    [InlineData("-9223372036854775808", "d38000000000000000")]
    [InlineData("1.0", "cb3ff0000000000000")]
    [InlineData("1.5", "cb3ff8000000000000")]
    [InlineData("1E+300", "cb7e37e43c8800759c")]
    [InlineData("\"a\"", "a161")]
    [InlineData("\"é\"", "a2c3a9")]
    [InlineData("[1,[2]]", "92019102")]
    [InlineData("{}", "80")]
    [InlineData("""{"a":{"b":null},"c":"d"}""", "82a16181a162c0a163a164")]
    public void Values_are_written_as_Python_writes_them(string json, string hex) =>
        Assert.Equal(hex, Convert.ToHexStringLower(Written(json)));

    [Theory]
    [InlineData(31, "bf7878")]
    [InlineData(32, "d92078")]
    [InlineData(255, "d9ff78")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db0001000078")]
    public void Texts_have_the_shortest_length(int length, string head) =>
        Assert.StartsWith(head, Convert.ToHexStringLower(Written($"\"{new string('x', length)}\"")));

    [Theory]
    [InlineData(15, "9f00", "8fa130")]
    [InlineData(16, "dc001000", "de0010a130")]
    [InlineData(65536, "dd0001000000", "df00010000a130")]
    public void Lists_and_maps_have_the_shortest_length(int count, string list, string map)
    {
        var items = Enumerable.Range(0, count).ToList();
        Assert.StartsWith(list, Convert.ToHexStringLower(Written($"[{string.Join(',', items.Select(_ => 0))}]")));
        Assert.StartsWith(map, Convert.ToHexStringLower(
            Written($"{{{string.Join(',', items.Select(i => $"\"{i}\":0"))}}}")));
    }

    private static byte[] Written(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var document = JsonDocument.Parse(json);
        MsgpackWriter.Write(document.RootElement, output);
        return output.WrittenSpan.ToArray();
    }
}
