using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class ServiceTopologyTests
{
    [Fact]
    public async Task The_first_poll_says_machine_parts_and_services()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "/usr/sbin/nginx", "nginx.service", uid: 1000);
        box.Files.Listen(100, "0.0.0.0", 443);
        box.Files.Listen(100, "0.0.0.0", 80);
        await box.PollAsync();

        Assert.Equal(
            ["machine:box", "disk:box/disk/vda", "filesystem:box/filesystem/", "filesystem:box/filesystem/srv/small",
                "interface:box/interface/lo", "service:box/service/nginx:80"],
            box.Sink.Observations.Select(observation => observation.Entity.ToString()));
        var service = box.Service("nginx:80")!;
        Assert.Equal(("nginx:80", "ACTIVE"), (service.Name, service.State));
        Assert.Equal(80L, service.Properties["port"]);
        Assert.Equal("80,443", service.Properties["ports"]);
        Assert.Equal("nginx", service.Properties["command"]);
        Assert.Equal("nginx.service", service.Properties["unit"]);
        Assert.Equal("ann", service.Properties["user"]);
        Assert.Equal(100L, service.Properties["pid"]);
        Assert.Equal("server", service.Properties["role"]);
        Assert.Equal(["box"], box.Ends("nginx:80", "contains"));
        Assert.Contains(
            new ObservedRelation("on", RelationDirection.Out, new EntityRef("disk", "box/disk/vda")),
            box.Graph[new EntityRef("filesystem", "box/filesystem/")].Relations);
    }

    [Fact]
    public async Task A_poll_that_finds_nothing_new_says_nothing()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        Assert.Empty(await box.PollAsync());
    }

    [Fact]
    public async Task A_client_is_an_entity_once_seen_in_two_polls()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "redis-server");
        box.Files.Listen(100, "127.0.0.1", 6379);
        box.Files.Start(200, 1, 60, "curl http://x");
        box.Files.Connect(200, "127.0.0.1", 40000, "127.0.0.1", 6379);
        await box.PollAsync();
        Assert.Null(box.Service("curl"));
        await box.PollAsync();
        Assert.Equal("client", box.Service("curl")!.Properties["role"]);
        Assert.Null(box.Service("curl")!.Properties["port"]);
        Assert.Equal(["box/service/redis-server:6379"], box.Ends("curl", "connects"));
        box.Files.Kill(200);
        Assert.Equal(ObservationAction.Delete, Assert.Single(await box.PollAsync()).Action);
    }

    [Fact]
    public async Task Short_clients_one_after_the_other_do_not_make_an_entity()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "redis-server");
        box.Files.Listen(100, "127.0.0.1", 6379);
        for (var id = 200; id < 205; id++)
        {
            box.Files.Start(id, 1, id, "curl http://x");
            box.Files.Connect(id, "127.0.0.1", 40000 + id, "127.0.0.1", 6379);
            await box.PollAsync();
            box.Files.Kill(id);
        }

        Assert.Null(box.Service("curl"));
    }

    [Fact]
    public async Task A_server_that_dies_stays_down_with_its_clients_edges_until_it_returns()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        box.Files.Kill(100);
        box.Files.Kill(200);
        box.Files.Start(200, 1, 60, "python3 client.py");
        await box.PollAsync();
        var server = box.Service("python3 server.py:8000")!;
        Assert.Equal("DOWN", server.State);
        Assert.Null(server.Properties["pid"]);
        Assert.Equal(0, box.Sink.Last("machine.service.up", server.Entity.Id));
        for (var poll = 0; poll < 5; poll++)
        {
            await box.PollAsync();
            Assert.Equal(["box/service/python3 server.py:8000"], box.Ends("python3 client.py", "connects"));
            Assert.Equal(0, box.Sink.Last("machine.service.up", server.Entity.Id));
        }

        box.Files.Start(300, 1, 900, "python3 server.py 8000");
        box.Files.Listen(300, "127.0.0.1", 8000);
        await box.PollAsync();
        Assert.Equal("ACTIVE", box.Service("python3 server.py:8000")!.State);
        Assert.Equal(1, box.Sink.Last("machine.service.up", server.Entity.Id));
        Assert.Equal(1, box.Sink.Last("machine.service.restarts", server.Entity.Id));
        Assert.NotNull(box.Service("python3 client.py"));

        await box.PollAsync();
        await box.PollAsync();
        Assert.Null(box.Service("python3 client.py"));
    }

    [Fact]
    public async Task A_service_that_does_not_return_is_forgotten_with_the_edges_to_it()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        box.Files.Kill(100);
        await box.PollAsync();
        await box.PollAsync(3590);
        Assert.NotNull(box.Service("python3 server.py:8000"));
        var changes = await box.PollAsync(20);
        Assert.Contains(changes, change =>
            change.Action == ObservationAction.Delete && change.Entity == WatchedMachine.Ref("python3 server.py:8000"));
        Assert.Null(box.Sink.Last("machine.service.up", "box/service/python3 server.py:8000"));
    }

    [Fact]
    public async Task A_client_whose_server_is_down_goes_when_its_process_does()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        box.Files.Kill(100);
        await box.PollAsync();
        Assert.NotNull(box.Service("python3 client.py"));
        box.Files.Kill(200);
        await box.PollAsync();
        Assert.Null(box.Service("python3 client.py"));
    }

    [Fact]
    public async Task A_listener_that_was_there_for_a_moment_is_not_missed()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "testhost");
        box.Files.Listen(100, "127.0.0.1", 45678);
        await box.PollAsync();
        box.Files.Kill(100);
        await box.PollAsync(3);
        Assert.Null(box.Service("testhost:45678"));
    }

    [Fact]
    public async Task A_lost_connection_is_over_after_one_poll_of_grace()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        box.Files.Listen(200, "127.0.0.1", 9000);
        await box.PollAsync();
        Assert.Null(box.Service("python3 client.py"));
        Assert.Equal(["box/service/python3 server.py:8000"], box.Ends("python3 client.py:9000", "connects"));
        box.Files.Close(1002);
        await box.PollAsync();
        Assert.NotEmpty(box.Ends("python3 client.py:9000", "connects"));
        await box.PollAsync();
        Assert.Empty(box.Ends("python3 client.py:9000", "connects"));
        Assert.Contains(
            new RelationKind("connects", RelationDirection.Out, "service"),
                box.Service("python3 client.py:9000")!.Complete);
    }

    [Fact]
    public async Task A_remote_peer_is_an_endpoint_and_an_inbound_one_is_not()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 80);
        box.Files.Connect(100, "10.0.0.5", 80, "10.0.0.99", 51515);
        box.Files.Connect(100, "10.0.0.5", 40000, "10.0.0.7", 5432);
        await box.PollAsync();
        Assert.Empty(box.Ends("web:80", "connects"));
        await box.PollAsync();
        Assert.Equal(["10.0.0.7:5432"], box.Ends("web:80", "connects"));
        Assert.Equal(["10.0.0.7:5432"], box.Graph.Keys.Where(entity => entity.Type == "endpoint")
            .Select(entity => entity.Id));
    }

    [Fact]
    public async Task Containers_are_told_by_their_group_and_matched_over_namespaces()
    {
        var id = new string('b', 64);
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "postgres", space: "net:[2]", cgroup: $"/system.slice/docker-{id}.scope");
        box.Files.Listen(100, "0.0.0.0", 5432, "net:[2]");
        box.Files.Connect(100, "172.17.0.2", 5432, "172.17.0.1", 41000, "net:[2]");
        box.Files.Start(200, 1, 60, "app");
        box.Files.Listen(200, "0.0.0.0", 80);
        box.Files.Connect(200, "172.17.0.1", 41000, "172.17.0.2", 5432);
        await box.PollAsync();
        var service = $"{id[..12]}/postgres:5432";
        Assert.Equal([$"box/container/{id[..12]}"], box.Ends(service, "on"));
        Assert.Equal("docker",
            box.Graph[new EntityRef("container", $"box/container/{id[..12]}")].Properties["runtime"]);
        Assert.Equal([$"box/service/{service}"], box.Ends("app:80", "connects"));
    }

    [Fact]
    public async Task A_namespace_whose_first_process_just_died_is_read_through_another()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "pause", space: "net:[2]");
        box.Files.Start(101, 1, 51, "web", space: "net:[2]");
        box.Files.Listen(101, "0.0.0.0", 80, "net:[2]");
        box.Files.Remove("/proc/100/net/tcp");
        await box.PollAsync();
        Assert.Equal("ACTIVE", box.Service("web:80")!.State);
    }

    [Fact]
    public async Task A_service_uses_the_filesystems_it_writes_to_and_the_interface_it_is_bound_to()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "db");
        box.Files.Listen(100, "127.0.0.1", 5432);
        box.Files.OpenFile(100, 5, "/srv/small/log", "0102001");
        box.Files.OpenFile(100, 6, "/etc/db.conf", "0100000");
        await box.PollAsync();
        Assert.Equal(["box/filesystem/srv/small", "box/interface/lo"], box.Ends("db:5432", "uses"));
    }

    [Fact]
    public async Task What_may_not_be_read_is_counted_and_said()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "secret");
        box.Files.Listen(100, "127.0.0.1", 5432);
        box.Files.Denied.Add("/proc/100/fd");
        await box.PollAsync();
        Assert.Null(box.Service("secret:5432"));
        Assert.Contains(
            "the open files of 1 processes may not be read (run as root to see whom they talk to); "
            + "1 listening sockets have no known owner",
            box.Collector.Status().Detail,
            StringComparison.Ordinal);
    }
}
