using System.Text;
using Ops.Collectors.Hooks;
using Ops.Model;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Hooks;

/// <summary>The events are those of the CloudEvents specification 1.0.2, its HTTP binding and JSON format.</summary>
public sealed class CloudEventTests
{
    private readonly SomeOutlets _outlets = new();

    [Fact]
    public async Task A_structured_event_is_taken()
    {
        var result = await PostAsync("""
            {"specversion":"1.0","type":"com.example.someevent","source":"/mycontext","subject":null,"id":"C234-1234",
             "time":"2018-04-05T17:31:00Z","comexampleextension1":"value","comexampleothervalue":5,
             "datacontenttype":"application/json",
             "data":{"appinfoA":"abc","appinfoB":123,"appinfoC":1.5,"deep":{"x":1}}}
            """, "application/cloudevents+json; charset=utf-8");
        Assert.Equal(new HookResult(200, 1, 0, null), result);
        var one = Assert.Single(_outlets.Events);
        Assert.Equal(
            ("/mycontext#C234-1234", "com.example.someevent", 1_522_949_460_000_000_000),
            (one.MessageId, one.Type, one.GeneratedNs));
        Assert.Equal(
            [
                new EventTrait("source", TraitType.Text, "/mycontext"),
                new EventTrait("comexampleextension1", TraitType.Text, "value"),
                new EventTrait("comexampleothervalue", TraitType.Text, "5"),
                new EventTrait("datacontenttype", TraitType.Text, "application/json"),
                new EventTrait("data.appinfoA", TraitType.Text, "abc"),
                new EventTrait("data.appinfoB", TraitType.Integer, "123"),
                new EventTrait("data.appinfoC", TraitType.Float, "1.5"),
            ],
            one.Traits);
        Assert.Contains("\"appinfoA\"", one.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_keeps_its_good_events()
    {
        var result = await PostAsync("""
            [{"specversion":"1.0","type":"a","source":"s","id":"1"},
             {"specversion":"0.3","type":"a","source":"s","id":"2"}, {"specversion":"1.0","type":"a","source":"s"},
             {"specversion":"1.0","type":"b","source":"s","id":"4","time":"x"}]
            """, "application/cloudevents-batch+json");
        Assert.Equal((200, 1, 3), (result.Status, result.Accepted, result.Refused));
        Assert.Equal(
            "specversion '0.3' is not 1.0; a CloudEvent needs 'id'; time 'x' is no time", result.Message);
    }

    [Theory]
    [InlineData("application/json", """{"a":1}""", "data.a=1")]
    [InlineData("text/plain", "hello", "")]
    [InlineData("application/json", "", "")]
    public async Task A_binary_event_is_taken(string type, string body, string trait)
    {
        var result = await PostAsync(
            body, type, ("ce-specversion", "1.0"), ("ce-type", "t"), ("ce-source", "/s"), ("ce-id", "1"),
            ("ce-subject", "Euro%20%E2%82%AC"), ("host", "x"));
        Assert.Equal(200, result.Status);
        var one = Assert.Single(_outlets.Events);
        Assert.Equal(("/s#1", "t"), (one.MessageId, one.Type));
        Assert.Equal("Euro €", one.Traits.Single(each => each.Name == "subject").Value);
        var data = one.Traits.Where(each => each.Name.StartsWith("data.", StringComparison.Ordinal));
        Assert.Equal(trait, string.Join(',', data.Select(each => $"{each.Name}={each.Value}")));
    }

    [Fact]
    public async Task What_is_no_event_is_refused()
    {
        var result = await PostAsync("{}", "application/json");
        Assert.Equal(new HookResult(400, 0, 1, "a CloudEvent needs 'specversion'"), result);
        result = await PostAsync(
            "{", "application/json", ("ce-specversion", "1.0"), ("ce-type", "t"), ("ce-source", "/s"), ("ce-id", "1"));
        Assert.StartsWith("the data is not JSON: ", result.Message, StringComparison.Ordinal);
        result = await PostAsync("5", "application/cloudevents+json");
        Assert.Equal("a CloudEvent must be an object", result.Message);
        Assert.Empty(_outlets.Events);
    }

    [Fact]
    public async Task Data_with_half_a_character_is_refused()
    {
        var result = await PostAsync(
            """{"host":"\ud800"}""", "application/json", ("ce-specversion", "1.0"), ("ce-id", "1"),
            ("ce-source", "s"), ("ce-type", "t"));
        Assert.Equal((400, 0, 1), (result.Status, result.Accepted, result.Refused));
        Assert.StartsWith("the data is not JSON: ", result.Message, StringComparison.Ordinal);
    }

    private Task<HookResult> PostAsync(string body, string type, params (string Name, string Value)[] headers)
    {
        var receiver = new HookReceiver([new HookConfig("ce", HookFormat.CloudEvents, null, [])], _outlets.Outlets);
        return receiver.TakeAsync(
            new HookRequest(
                "ce", type, headers.ToDictionary(one => one.Name, one => one.Value), Encoding.UTF8.GetBytes(body)),
            default);
    }
}
