using System.Diagnostics;
using Ops.Collectors.Rabbit;
using Ops.Integration.Support;

namespace Ops.Integration.Notifications;

public sealed class NovaNotificationsTests(OpenStackFixture fixture)
{
    [Fact]
    public async Task A_service_of_Nova_that_is_disabled_is_an_event_within_two_seconds()
    {
        var cloud = await fixture.CloudAsync();
        var defaults = new RabbitNotificationOptions();
        await using var collector = new RunningCollector(
            cloud.AmqpUrl, "nova", RunningCollector.BuiltIn,
            options => options with { Exchanges = defaults.Exchanges, Topics = defaults.Topics });
        await collector.ConnectedAsync();
        var services = await cloud.NovaAsync(HttpMethod.Get, "/os-services?binary=nova-compute");
        var service = services.GetProperty("services")[0];
        var path = $"/os-services/{service.GetProperty("id").GetString()}";
        await cloud.NovaAsync(
            HttpMethod.Put, path, new { status = "disabled", disabled_reason = "a broken fan" });
        try
        {
            var clock = Stopwatch.StartNew();
            while (!collector.Events.Any(IsDisabled) && clock.Elapsed < TimeSpan.FromSeconds(2))
            {
                await Task.Delay(20);
            }

            var disabled = collector.Events.First(IsDisabled);
            var traits = disabled.Traits.ToDictionary(trait => trait.Name, trait => trait.Value);
            Assert.Equal(service.GetProperty("host").GetString(), traits["host"]);
            Assert.Equal(service.GetProperty("id").GetString(), traits["resource_id"]);
            Assert.Equal(("nova-compute", "a broken fan"), (traits["binary"], traits["disabled_reason"]));
        }
        finally
        {
            await cloud.NovaAsync(HttpMethod.Put, path, new { status = "enabled" });
        }
    }

    private static bool IsDisabled(Ops.Model.Event one) => one.Type == "service.update"
        && one.Traits.Any(trait => trait is { Name: "disabled", Value: "True" });
}
