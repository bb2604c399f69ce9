using System.Text.Json;
using Ops.Collectors.Datasources;
using Ops.Collectors.Notifications;
using Ops.Model;
using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

public sealed class DatasourceNotificationsTests : IObservationSink
{
    private readonly List<Observation> _seen = [];

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        _seen.AddRange(observations);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_unversioned_notification_moves_an_instance()
    {
        await ConsumeAsync("nova.yaml", "compute.instance.live_migration.post.dest.end", """
            {"instance_id": "vm-1", "display_name": "web", "state": "active", "host": "host-2", "tenant_id": "p1"}
            """);
        Assert.Equal(
            ["Upsert nova.instance:vm-1 web ACTIVE contains/In/nova.host:host-2"], _seen.Select(Polled.Line));
        Assert.Equal("nova.instance", _seen[0].Datasource);
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z"), _seen[0].At);
    }

    [Fact]
    public async Task A_versioned_notification_deletes_an_instance()
    {
        await ConsumeAsync("nova.yaml", "instance.delete.end", """
            {"nova_object.name": "InstanceActionPayload", "nova_object.data": {"uuid": "vm-1", "state": "deleted",
             "flavor": {"nova_object.data": {"vcpus": 1}}}}
            """);
        Assert.Equal(["Delete nova.instance:vm-1   "], _seen.Select(Polled.Line));
    }

    [Fact]
    public async Task A_service_that_was_forced_down_is_in_error()
    {
        await ConsumeAsync("nova.yaml", "service.update", """
            {"nova_object.data": {"host": "host-1", "binary": "nova-compute", "forced_down": true, "disabled": true,
             "disabled_reason": "repair", "availability_zone": null}}
            """);
        Assert.Equal(["Upsert nova.host:host-1 host-1 ERROR "], _seen.Select(Polled.Line));
        Assert.Equal("disabled", _seen[0].Properties["status"]);
        Assert.Empty(_seen[0].Complete);
    }

    [Fact]
    public async Task Notifications_of_others_change_nothing()
    {
        await ConsumeAsync("nova.yaml", "service.update", """{"host": "host-1", "binary": "nova-scheduler"}""");
        await ConsumeAsync("nova.yaml", "compute.instance.create.start", """{"instance_id": "vm-1"}""");
        await ConsumeAsync("neutron.yaml", "port.create.end", "[1, 2]");
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Neutron_and_cinder_notifications_are_read()
    {
        await ConsumeAsync("neutron.yaml", "port.delete.end", """{"port_id": "o1"}""");
        await ConsumeAsync("cinder.yaml", "volume.attach.end", """
            {"volume_id": "v1", "display_name": "data", "status": "in-use", "size": 1,
             "volume_attachment": [{"instance_uuid": "vm-1"}]}
            """);
        Assert.Equal(
            [
                "Delete neutron.port:o1   ",
                "Upsert cinder.volume:v1 data in-use attached/Out/nova.instance:vm-1",
            ],
            _seen.Select(Polled.Line));
    }

    private async Task ConsumeAsync(string file, string type, string payload)
    {
        var body = JsonSerializer.Deserialize<JsonElement>($$"""{"event_type": "{{type}}", "payload": {{payload}}}""");
        var consumer = new DatasourceNotifications(
            Polled.BuiltIn(new FakeCloud(), file).Set, this, report => Assert.Fail(report));
        var at = DateTimeOffset.Parse("2026-01-01T00:00:00Z");
        await consumer.ConsumeAsync(
            new Notification(type, "info", "nova-compute:host-1", "m", at, body),
            CancellationToken.None);
    }
}
