using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class ServiceIdentityTests
{
    [Fact]
    public async Task One_command_on_two_ports_is_two_services_and_a_restart_keeps_the_identity()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "node app.js");
        box.Files.Listen(100, "0.0.0.0", 3000);
        box.Files.Start(101, 1, 51, "node app.js");
        box.Files.Listen(101, "0.0.0.0", 3001);
        await box.PollAsync();
        Assert.NotNull(box.Service("node app.js:3000"));
        Assert.NotNull(box.Service("node app.js:3001"));

        box.Files.Kill(101);
        box.Files.Start(150, 1, 99, "node app.js");
        box.Files.Listen(150, "0.0.0.0", 3001);
        var change = Assert.Single(await box.PollAsync());
        Assert.Equal(150L, change.Properties["pid"]);
        Assert.Equal("ACTIVE", change.State);
        Assert.Equal(1, box.Sink.Last("machine.service.restarts", "box/service/node app.js:3001"));
        Assert.Equal(0, box.Sink.Last("machine.service.restarts", "box/service/node app.js:3000"));
    }

    [Fact]
    public async Task Workers_that_share_a_socket_are_one_service_led_by_the_eldest()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "gunicorn");
        var socket = box.Files.Listen(100, "0.0.0.0", 8000);
        box.Files.Start(101, 100, 60, "gunicorn");
        box.Files.Hold(101, socket);
        box.Files.Start(102, 100, 61, "helper");
        await box.PollAsync();
        Assert.Equal(100L, box.Service("gunicorn:8000")!.Properties["pid"]);
        Assert.Equal(3, box.Sink.Last("machine.service.processes"));
        Assert.Single(box.Graph.Keys, entity => entity.Type == "service");
    }

    [Fact]
    public async Task Connections_of_a_services_worker_are_the_services()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 80);
        box.Files.Start(101, 100, 60, "web");
        box.Files.Start(300, 1, 55, "db");
        box.Files.Listen(300, "127.0.0.1", 5432);
        box.Files.Connect(101, "127.0.0.1", 50000, "127.0.0.1", 5432);
        await box.PollAsync();
        Assert.Equal(["box/service/db:5432"], box.Ends("web:80", "connects"));
        Assert.Equal(2, box.Graph.Keys.Count(entity => entity.Type == "service"));
    }

    [Fact]
    public async Task Processes_of_one_unit_are_one_service_and_its_name_is_the_units()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "/usr/sbin/dovecot", "mail.service");
        box.Files.Listen(100, "0.0.0.0", 993);
        box.Files.Start(101, 1, 51, "/usr/sbin/dovecot", "mail.service");
        box.Files.Listen(101, "0.0.0.0", 143);
        await box.PollAsync();
        Assert.Equal("143,993", box.Service("mail:143")!.Properties["ports"]);
        Assert.Single(box.Graph.Keys, entity => entity.Type == "service");
    }

    [Fact]
    public async Task A_second_port_that_opens_later_does_not_change_the_identity()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 9000);
        await box.PollAsync();
        box.Files.Listen(100, "0.0.0.0", 8000);
        await box.PollAsync();
        Assert.Equal("8000,9000", box.Service("web:9000")!.Properties["ports"]);
        Assert.Null(box.Service("web:8000"));
    }

    [Fact]
    public async Task Two_processes_that_share_a_port_are_one_service_and_one_may_go()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 80);
        box.Files.Start(101, 1, 51, "web");
        box.Files.Listen(101, "0.0.0.0", 80);
        await box.PollAsync();
        Assert.Single(box.Graph.Keys, entity => entity.Type == "service");
        box.Files.Kill(100);
        await box.PollAsync();
        Assert.Equal("ACTIVE", box.Service("web:80")!.State);
        Assert.Equal(101L, box.Service("web:80")!.Properties["pid"]);
        Assert.Equal(0, box.Sink.Last("machine.service.restarts"));
    }

    [Fact]
    public async Task A_socket_that_init_holds_belongs_to_nobody_until_its_service_starts()
    {
        var box = new WatchedMachine();
        var socket = box.Files.Listen(1, "0.0.0.0", 22);
        await box.PollAsync();
        Assert.DoesNotContain(box.Graph.Keys, entity => entity.Type == "service");
        box.Files.Start(100, 1, 50, "sshd", "ssh.service");
        box.Files.Hold(100, socket);
        await box.PollAsync();
        Assert.Equal(100L, box.Service("ssh:22")!.Properties["pid"]);
    }
}
