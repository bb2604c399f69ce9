using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class PostSamplesTests
{
    private const string Address = "/api/v1/samples";

    [Fact]
    public async Task Both_forms_of_a_sample_are_taken()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(Address, """
            [{"name":"cpu_util","type":"gauge","unit":"%","volume":12.5,"resource_id":"vm-1","project_id":"p",
              "timestamp":"2026-01-02T03:04:05","resource_metadata":{"flavor":"m1","n":3,"deep":{"x":[1,null]}}},
             {"counter_name":"bytes","counter_type":"cumulative","counter_unit":"B","counter_volume":"7",
              "resource_id":"vm-2","message_id":"x"}]
            """);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("""{"accepted":2,"refused":0,"errors":[]}""", await answer.Content.ReadAsStringAsync());
        var (first, second) = (host.Sink.Samples[0], host.Sink.Samples[1]);
        Assert.Equal(("cpu_util", "vm-1", 12.5), (first.Series.Meter, first.Series.ResourceId, first.Volume));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixNs(), first.TimestampNs);
        Assert.Equal(("%", "p"), (first.Context.Unit, first.Context.ProjectId));
        Assert.Equal(3L, first.Context.Metadata["n"]);
        Assert.Equal((MeterKind.Cumulative, 7.0), (second.Context.Kind, second.Volume));
        Assert.Equal(FakeOpsView.Noon.ToUnixNs(), second.TimestampNs);
    }

    [Fact]
    public async Task Equal_contexts_are_one_object_over_requests()
    {
        await using var host = await ApiHost.StartAsync();
        const string body = """[{"name":"a","volume":1,"resource_id":"r","resource_metadata":{"x":1}}]""";
        using var first = await host.PostAsync(Address, body);
        using var second = await host.PostAsync(Address, body);
        using var third = await host.PostAsync(Address, body.Replace("\"x\":1", "\"x\":2"));
        Assert.Same(host.Sink.Samples[0].Context, host.Sink.Samples[1].Context);
        Assert.NotSame(host.Sink.Samples[1].Context, host.Sink.Samples[2].Context);
        Assert.Same(host.Sink.Samples[0].Series, host.Sink.Samples[2].Series);
    }

    [Theory]
    [InlineData("""{"volume":1,"resource_id":"r"}""", "name is missing")]
    [InlineData("""{"name":"a","resource_id":"r"}""", "volume is missing")]
    [InlineData("""{"name":"a","volume":1}""", "resource_id is missing")]
    [InlineData("""{"name":"a","volume":"x","resource_id":"r"}""", "volume must be a finite number, found 'x'")]
    [InlineData("""{"name":"a","volume":"NaN","resource_id":"r"}""", "volume must be a finite number, found 'NaN'")]
    [InlineData("""{"name":"a","volume":1e999,"resource_id":"r"}""", "volume must be a finite number, found 1e999")]
    [InlineData("""{"name":"a","volume":true,"resource_id":"r"}""", "volume must be a finite number, found true")]
    [InlineData("""{"name":5,"volume":1,"resource_id":"r"}""", "name must be text, found 5")]
    [InlineData("""{"name":"a","volume":1,"resource_id":"r","type":"guage"}""",
        "type must be one of gauge, delta, cumulative, found 'guage'")]
    [InlineData("""{"name":"\ud800","volume":1,"resource_id":"r"}""",
        "a sample holds text that is not Unicode, such as half of a surrogate pair")]
    [InlineData("""{"name":"a","volume":1,"resource_id":"r","timestamp":"1800-01-01T00:00:00Z"}""",
        "timestamp must lie between 1970 and 2261, found '1800-01-01T00:00:00Z'")]
    [InlineData("""{"name":"a","volume":1,"resource_id":"r","timestamp":"soon"}""",
        "timestamp must be a time such as 2026-01-02T03:04:05Z, found 'soon'")]
    [InlineData("""{"name":"a","volume":1,"resource_id":"r","resource_metadata":[]}""",
        "resource_metadata must be an object, found a list")]
    [InlineData("""{"name":"a","volume":1,"resource_id":"r","projct_id":"p"}""",
        "'projct_id' is not a member of a sample. Did you mean 'project_id'?")]
    [InlineData("17", "a sample must be an object, found 17")]
    public async Task A_faulty_sample_is_told_and_the_others_are_kept(string sample, string error)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(
            Address, $$"""[{"name":"good","volume":1,"resource_id":"r"},{{sample}}]""");
        Assert.Equal(200, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, json.RootElement.GetProperty("accepted").GetInt32());
        var fault = Assert.Single(json.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(1, fault.GetProperty("index").GetInt32());
        Assert.StartsWith(error, fault.GetProperty("error").GetString());
        Assert.Equal("good", Assert.Single(host.Sink.Samples).Series.Meter);
    }

    [Fact]
    public async Task A_meter_name_of_ten_kilobytes_is_refused_briefly()
    {
        await using var host = await ApiHost.StartAsync();
        var name = new string('m', 10_240);
        using var answer = await host.PostAsync(Address, $$"""[{"name":"{{name}}","volume":1,"resource_id":"r"}]""");
        Assert.Equal(400, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            "none of 1 samples can be taken; the first, samples[0]: name is 10240 characters long; at most 1024 are "
            + $"allowed: '{new string('m', 60)}…'",
            json.RootElement.GetProperty("detail").GetString());
        Assert.Equal(0, host.Catalog.Count);
    }

    [Fact]
    public async Task Broken_json_is_told_with_its_place_and_what_was_kept()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(
            Address, "[{\"name\":\"a\",\"volume\":1,\"resource_id\":\"r\"},\n {\"name\": oops}]");
        Assert.Equal(400, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(
            "the body is not a list of samples in JSON at line 2, byte 11: 'o' is an invalid start of a value",
            json.RootElement.GetProperty("detail").GetString());
        Assert.Equal(host.Sink.Samples.Count, json.RootElement.GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("", "the body is not a list of samples in JSON at line 1, byte 1: ")]
    [InlineData("{}", "the body is not a list of samples in JSON at line 1, byte 2: the value is of another kind")]
    [InlineData("[{\"name\":", "the body is not a list of samples in JSON at line 1, byte 10: ")]
    public async Task A_body_that_is_no_list_is_refused(string body, string detail)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(Address, body);
        Assert.Equal(400, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(detail, json.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(Address, "a,b", "text/csv");
        Assert.Equal(415, (int)answer.StatusCode);
        Assert.Contains("samples come as application/json, found 'text/csv'", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Many_samples_go_on_in_batches_and_many_faults_are_counted_not_listed()
    {
        await using var host = await ApiHost.StartAsync();
        var samples = Enumerable.Range(0, 5000).Select(i => $$"""{"name":"m","volume":{{i}},"resource_id":"r"}""");
        var faults = Enumerable.Repeat("1", 250);
        using var answer = await host.PostAsync(Address, $"[{string.Join(',', samples.Concat(faults))}]");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal([4096, 904], host.Sink.BatchSizes);
        Assert.Equal(5000, json.RootElement.GetProperty("accepted").GetInt32());
        Assert.Equal(250, json.RootElement.GetProperty("refused").GetInt32());
        Assert.Equal(100, json.RootElement.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_packed_body_is_unpacked()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(
            Address, Pack("""[{"name":"a","volume":1,"resource_id":"r"}]"""), "application/json", "gzip");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Single(host.Sink.Samples);
    }

    [Fact]
    public async Task A_body_nested_too_deep_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync(Address, new string('[', 10_000));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Empty(host.Sink.Samples);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
