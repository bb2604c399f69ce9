using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary>A listener is killed under a client that is connected to it, and comes back.</summary>
public sealed class ServiceGoneTests : IAsyncLifetime
{
    private static readonly TimeSpan SeenMax = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan ToldMax = TimeSpan.FromSeconds(20);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ops-gone-{Guid.NewGuid():N}");
    private readonly ServerProcess _server = new("gone");
    private readonly int _port = LoopbackPort.Free();
    private WebhookReceiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = new WebhookReceiver(LoopbackPort.Free());
        _server.Configure("policies/notifications.yaml", $"""
            routes:
              - name: test
                url: {_receiver.Url}
            """);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _receiver.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_listener_is_an_alarm_and_the_cause_of_its_clients_alarm_until_it_is_back()
    {
        using var client = ChildProcess.Python(_folder, "order_client.py", Scripts.Client, _port.ToString());
        using (var listener = ChildProcess.Python(_folder, "order_store.py", Scripts.Listener, _port.ToString()))
        {
            await ServerProcess.WaitAsync("the connection between the two", SeenMax, async () => await Connected());
            listener.Kill();
        }

        JsonElement deduced = default;
        await ServerProcess.WaitAsync("both alarms", ToldMax, async () =>
        {
            var (code, text, _) = await _server.OpsAsync("alarms", "--json");
            var alarms = JsonDocument.Parse(text).RootElement.EnumerateArray().ToList();
            var gone = alarms.FirstOrDefault(alarm => Name(alarm) == "service gone" && OnStore(alarm));
            deduced = alarms.FirstOrDefault(alarm => alarm.GetProperty("deduced").GetBoolean() && OnClient(alarm));
            return code == 0 && gone.ValueKind == JsonValueKind.Object && deduced.ValueKind == JsonValueKind.Object
                && deduced.GetProperty("causes").EnumerateArray()
                    .Any(cause => cause.GetString() == gone.GetProperty("id").GetString());
        });

        var (exit, why, _) = await _server.OpsAsync("why", deduced.GetProperty("id").GetString()!);
        Assert.Equal(0, exit);
        Assert.Contains("service_gone", why);
        Assert.Contains("order_client.py", why);
        Assert.Contains("order_store.py", why);
        await ServerProcess.WaitAsync("the webhooks of both", ToldMax, () => Task.FromResult(
            Told("alarm.raised", OnStore) && Told("alarm.raised", OnClient)));
        var body = _receiver.Bodies.First(body => OnClient(body.GetProperty("alarm")));
        Assert.Contains(body.GetProperty("causes").EnumerateArray(), OnStore);

        using var again = ChildProcess.Python(_folder, "order_store.py", Scripts.Listener, _port.ToString());
        await ServerProcess.WaitAsync("both alarms to clear", SeenMax, async () =>
        {
            var alarms = (await _server.GetAsync("/api/v1/alarms")).EnumerateArray();
            return !alarms.Any(alarm => OnStore(alarm) || OnClient(alarm));
        });
        await ServerProcess.WaitAsync("the webhooks of both clearing", ToldMax, () => Task.FromResult(
            Told("alarm.cleared", OnStore) && Told("alarm.cleared", OnClient)));
    }

    private async Task<bool> Connected()
    {
        var relations = (await _server.GetAsync("/api/v1/topology")).GetProperty("relations").EnumerateArray();
        return relations.Any(relation => relation.GetProperty("label").GetString() == "connects"
            && relation.GetProperty("from").GetProperty("id").GetString()!.Contains("order_client.py")
            && relation.GetProperty("to").GetProperty("id").GetString()!.Contains("order_store.py"));
    }

    private bool Told(string what, Func<JsonElement, bool> alarm) => _receiver.Bodies.Any(body =>
        body.GetProperty("event").GetString() == what && alarm(body.GetProperty("alarm")));

    private static bool OnStore(JsonElement alarm) => ResourceId(alarm).Contains("order_store.py");

    private static bool OnClient(JsonElement alarm) => ResourceId(alarm).Contains("order_client.py");

    private static string ResourceId(JsonElement alarm) =>
        alarm.GetProperty("resource").GetProperty("id").GetString()!;

    private static string? Name(JsonElement alarm) => alarm.GetProperty("name").GetString();
}
