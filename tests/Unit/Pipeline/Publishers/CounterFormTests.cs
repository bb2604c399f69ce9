using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Ops.Model;
using Ops.Pipeline.Publishers.Notifier;
using Ops.Pipeline.Publishers.Wire;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class CounterFormTests
{
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public void A_sample_has_the_fields_of_Ceilometers_messages_in_their_order()
    {
        var sample = _catalog.Sample("cpu", 1.5) with { MonotonicSeconds = 7 };
        Assert.Equal(
            Replayed.OneLine(
                """
                {"source":"openstack","counter_name":"cpu","counter_type":"gauge","counter_unit":"B",
                "counter_volume":1.5,"user_id":"u1","project_id":"p1","resource_id":"r1",
                "timestamp":"2016-01-01T00:00:00Z","resource_metadata":{},
                "message_id":"ID","monotonic_time":7,
                "publisher_id":"here","message_signature":""}
                """).Replace("\"ID\"", $"\"{SampleId.Of(sample)}\""),
            Written(form => form.Write(sample, "here", _output), ""));
    }

    [Fact]
    public void What_a_sample_does_not_have_is_null()
    {
        var sample = new Sample(_catalog.Intern("m", "r"), SampleContext.Plain, 0, 1);
        using var message = JsonDocument.Parse(Written(form => form.Write(sample, null, _output), ""));
        foreach (var name in new[] { "user_id", "project_id", "monotonic_time" })
        {
            Assert.Equal(JsonValueKind.Null, message.RootElement.GetProperty(name).ValueKind);
        }

        Assert.False(message.RootElement.TryGetProperty("publisher_id", out _));
    }

    [Fact]
    public void Whatever_a_sample_holds_its_signature_verifies()
    {
        var gen = Gen.Select(Gen.Double, Gen.String, Gen.Long, Gen.Bool);
        gen.Sample(
            (volume, text, whole, truth) =>
            {
                text = string.Concat(text.Where(c => !char.IsSurrogate(c)));
                var context = new SampleContext
                {
                    Metadata = new Dictionary<string, object?>
                    {
                        [text] = text, ["n"] = new Dictionary<string, object?> { ["x"] = whole, ["e"] = null },
                        ["l"] = new List<object?> { volume, text, truth },
                    },
                };
                var finite = double.IsFinite(volume) ? volume : 0;
                var sample = new Sample(_catalog.Intern("m", "r"), context, 5, finite, finite);
                _output.ResetWrittenCount();
                using var message = JsonDocument.Parse(Written(form => form.Write(sample, "h", _output), "secret"));
                Assert.True(MessageSignature.Verify(message.RootElement, "secret"));
                Assert.False(MessageSignature.Verify(message.RootElement, "other"));
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void The_same_sample_has_the_same_id_and_another_another()
    {
        var sample = _catalog.Sample("cpu", 1);
        Assert.Equal(SampleId.Of(sample), SampleId.Of(_catalog.Sample("cpu", 1)));
        Guid[] others =
        [
            SampleId.Of(sample), SampleId.Of(_catalog.Sample("cpu", 2)), SampleId.Of(_catalog.Sample("cpu", 1, 1)),
            SampleId.Of(_catalog.Sample("cpv", 1)), SampleId.Of(_catalog.Sample("cpu", 1, resource: "r2")),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void An_event_has_its_traits_as_lists()
    {
        var one = new Event(
            "id", "a.b", Some.Start.ToUnixNs(),
            [
                new("t", TraitType.Text, "x"), new("n", TraitType.Integer, "7"), new("f", TraitType.Float, "1.5"),
                new("d", TraitType.DateTime, "2016-01-01T00:00:00Z"), new("odd", TraitType.Integer, "seven"),
            ],
            """{"payload":{"k":[1]}}""");
        Assert.Equal(
            Replayed.OneLine(
                """
                {"message_id":"id","event_type":"a.b","generated":"2016-01-01T00:00:00Z",
                "traits":[["t",1,"x"],["n",2,7],["f",3,1.5],["d",4,"2016-01-01T00:00:00Z"],["odd",2,"seven"]],
                "raw":{"payload":{"k":[1]}},"message_signature":""}
                """),
            Written(form => form.Write(one, _output), ""));
        _output.ResetWrittenCount();
        using var signed = JsonDocument.Parse(Written(form => form.Write(one with { Raw = null }, _output), "s"));
        Assert.Equal("{}", signed.RootElement.GetProperty("raw").GetRawText());
        Assert.True(MessageSignature.Verify(signed.RootElement, "s"));
    }

    [Fact]
    public void An_oslo_message_is_a_text_in_an_envelope()
    {
        var id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");
        var body = OsloMessage.Encode(
            "metering", "telemetry.publisher.h", "[1]"u8, id, Some.Start.AddTicks(12_345_678));
        using var outer = JsonDocument.Parse(body);
        Assert.Equal("2.0", outer.RootElement.GetProperty("oslo.version").GetString());
        Assert.Equal(
            Replayed.OneLine(
                """
                {"message_id":"01234567-89ab-cdef-0123-456789abcdef","publisher_id":"telemetry.publisher.h",
                "event_type":"metering","priority":"SAMPLE","payload":[1],
                "timestamp":"2016-01-01 00:00:01.234567","_unique_id":"0123456789abcdef0123456789abcdef"}
                """),
            outer.RootElement.GetProperty("oslo.message").GetString());
    }

    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written(Action<CounterForm> write, string secret)
    {
        write(new CounterForm(secret));
        return Encoding.UTF8.GetString(_output.WrittenSpan);
    }
}
