using System.Text;
using Ops.Collectors.Machine.Readings;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class ReadingsTests
{
    [Fact]
    public void Cpu_times_are_read_in_total_and_by_core()
    {
        var cores = new List<(int Core, CpuTimes Times)>();
        var total = CpuTimes.Parse(Fixture.Read("stat"), cores);
        Assert.Equal([0, 1], cores.Select(core => core.Core));
        Assert.True(total.User > 0 && total.Idle > total.Iowait);
        Assert.InRange(total.Total - cores.Sum(core => core.Times.Total), -16, 16);
    }

    [Fact]
    public void A_mode_that_fell_counts_nothing()
    {
        var earlier = new CpuTimes(10, 0, 0, 100, 50, 0, 0, 0);
        var now = new CpuTimes(15, 0, 0, 110, 40, 0, 0, 0);
        Assert.Equal(new CpuTimes(5, 0, 0, 10, 0, 0, 0, 0), now.Since(earlier));
    }

    [Fact]
    public void Memory_is_read_in_kilobytes()
    {
        var memory = MemoryInfo.Parse(Fixture.Read("meminfo"));
        Assert.Equal(24684092, memory.Total);
        Assert.Equal(memory.Total - memory.Available, memory.Used);
        Assert.Equal(0, memory.SwapTotal);
    }

    [Fact]
    public void A_kernel_without_MemAvailable_has_free_buffers_and_cache_available()
    {
        var memory = MemoryInfo.Parse("MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 5 kB\nCached: 20 kB\n"u8);
        Assert.Equal((35, 65), (memory.Available, memory.Used));
    }

    [Fact]
    public void Pressure_without_a_full_line_has_none()
    {
        var stall = PressureStall.Parse("some avg10=1.25 avg60=0.00 avg300=0.00 total=77\n"u8);
        Assert.Equal(new PressureStall(1.25, 77, null, 0), stall);
        Assert.NotNull(PressureStall.Parse(Fixture.Read("pressure_memory"))!.Value.FullAvg10);
        Assert.Null(PressureStall.Parse("nonsense\n"u8));
    }

    [Fact]
    public void Disk_counters_are_read_by_name()
    {
        var disks = new Dictionary<string, DiskCounters>();
        DiskCounters.Parse("254 0 vda 39722 9074 4896098 25675 13923 14042 13034560 39059 0 12944 65829 3840\n"u8,
            disks);
        Assert.Equal(new DiskCounters(39722, 4896098, 25675, 13923, 13034560, 39059, 12944), disks["vda"]);
        DiskCounters.Parse(Fixture.Read("diskstats"), disks);
        Assert.Equal(["vda", "zram0"], disks.Keys.Order());
    }

    [Fact]
    public void Utilisation_and_latency_come_from_two_readings()
    {
        var earlier = new DiskCounters(10, 0, 100, 10, 0, 100, 1000);
        var now = new DiskCounters(15, 0, 150, 15, 0, 250, 6000);
        Assert.Equal(50, now.UtilisationPercent(earlier, 10));
        Assert.Equal(20, now.LatencyMs(earlier));
        Assert.Equal(100, now.UtilisationPercent(earlier, 1));
        Assert.Equal(0, now.UtilisationPercent(earlier, 0));
        Assert.Equal(0, earlier.LatencyMs(earlier));
    }

    [Fact]
    public void Interface_counters_are_read_though_the_name_touches_the_number()
    {
        var interfaces = new Dictionary<string, InterfaceCounters>();
        InterfaceCounters.Parse("a\nb\neth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"u8, interfaces);
        Assert.Equal(new InterfaceCounters(1, 2, 3, 4, 9, 10, 11, 12), interfaces["eth0"]);
        InterfaceCounters.Parse(Fixture.Read("net_dev"), interfaces);
        Assert.Contains("lo", interfaces.Keys);
        Assert.True(interfaces["eth0"].InBytes > 0);
    }

    [Fact]
    public void Tcp_counters_are_found_by_section_and_column()
    {
        Assert.NotNull(TcpCounters.Find(Fixture.Read("net_snmp"), "Tcp:"u8, "RetransSegs"u8));
        Assert.NotNull(TcpCounters.Find(Fixture.Read("net_netstat"), "TcpExt:"u8, "ListenOverflows"u8));
        Assert.Equal(7, TcpCounters.Find("Tcp: A B\nTcp: 3 7\n"u8, "Tcp:"u8, "B"u8));
        Assert.Null(TcpCounters.Find("Tcp: A B\nTcp: 3\n"u8, "Tcp:"u8, "B"u8));
        Assert.Null(TcpCounters.Find("Udp: A\nUdp: 3\n"u8, "Tcp:"u8, "A"u8));
    }

    [Fact]
    public void Visible_mounts_are_those_of_devices_servers_and_memory_outside_system_folders()
    {
        var mounts = MountPoint.Parse(Fixture.Read("mountinfo_laptop"));
        Assert.Equal(
            ["/", "/boot", "/mnt/nas", "/run/media/ann/usb", "/srv/loop disk", "/srv/small"],
            MountPoint.Visible(mounts).Select(mount => mount.Path).Order(StringComparer.Ordinal));
        Assert.True(mounts.Single(mount => mount.Path == "/mnt/nas").IsRemote);
        Assert.Equal("/", Assert.Single(MountPoint.Visible(MountPoint.Parse(Fixture.Read("mountinfo")))).Path);
    }

    [Fact]
    public void A_path_lies_on_the_longest_mount_that_leads_to_it()
    {
        var mounts = MountPoint.Parse(Fixture.Read("mountinfo_laptop"));
        Assert.Equal("/srv/small", MountPoint.Of("/srv/small/x", mounts)!.Path);
        Assert.Equal("/", MountPoint.Of("/srv/smaller", mounts)!.Path);
    }

    [Fact]
    public void A_process_name_may_hold_brackets_and_blanks()
    {
        var text = "42 (a) b (c) S 7 1 1 0 -1 4194304 0 0 0 0 30 12 0 0 20 0 1 0 555 999 88 1\n"u8;
        Assert.True(ProcessStat.TryParse(text, null, out var stat));
        Assert.Equal(new ProcessStat("a) b (c", 7, false, false, 42, 555, 88), stat);
        Assert.False(ProcessStat.TryParse("42 (cut) S 7"u8, null, out _));
        Assert.True(ProcessStat.TryParse("2 (kthreadd) Z 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0 1\n"u8, null,
            out stat));
        Assert.True(stat is { IsKernel: true, IsGone: true });
    }

    [Theory]
    [InlineData("/usr/sbin/nginx|-g|daemon off;", null, "nginx", "nginx")]
    [InlineData("nginx: master process /usr/sbin/nginx", "/usr/sbin/nginx", "nginx", "nginx")]
    [InlineData("postgres: walwriter", "/usr/lib/postgresql/15/bin/postgres (deleted)", "postgres", "postgres")]
    [InlineData("python3|-u|/srv/server.py|80", null, "python3", "python3 server.py")]
    [InlineData("/usr/bin/python3.11|-W|ignore|-m|http.server|80", null, "python3", "python3.11 -m http.server")]
    [InlineData("python3|-c|import x", null, "python3", "python3 -c")]
    [InlineData("java|-Xmx1g|-cp|a.jar:b.jar|org.Main", null, "java", "java org.Main")]
    [InlineData("java|-jar|/opt/app.jar", null, "java", "java app.jar")]
    [InlineData("dotnet|exec|/opt/Ops.Server.dll|serve", null, "dotnet", "Ops.Server")]
    [InlineData("dotnet|run|--project|web", null, "dotnet", "dotnet run")]
    [InlineData("node|--require|x|app.js", null, "node", "node app.js")]
    [InlineData("-bash", null, "bash", "bash")]
    [InlineData("", null, "hidden", "hidden")]
    [InlineData("redis-server 127.0.0.1:6379", "/usr/bin/redis-check-rdb", "redis-server", "redis-server")]
    public void A_command_is_named_by_its_program_and_an_interpreters_script(
        string arguments, string? executable, string kernelName, string expected) =>
        Assert.Equal(
            expected,
            CommandName.From(arguments.Length == 0 ? [] : arguments.Split('|'), executable, kernelName));

    [Theory]
    [InlineData("0::/system.slice/nginx.service\n", "nginx.service", null, "")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-x.scope\n", "", null, "")]
    [InlineData("0::/user.slice/user-0.slice/session-3.scope\n", "", null, "")]
    [InlineData("0::/system.slice/docker-@.scope\n", "", "@", "docker")]
    [InlineData("9:memory:/docker/@\n0::/\n", "", "@", "docker")]
    [InlineData("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-@.scope\n", "", "@", "containerd")]
    [InlineData("0::/machine.slice/libpod-@.scope/container\n", "", "@", "podman")]
    [InlineData("0::/lxc.payload.web/init.scope\n", "", "web", "lxc")]
    [InlineData("0::/system.slice/docker.service/not-an-id\n", "docker.service", null, "")]
    public void Unit_and_container_are_told_by_the_group(string text, string unit, string? container, string runtime)
    {
        var id = new string('a', 64);
        var group = CgroupPath.Parse(Encoding.UTF8.GetBytes(text.Replace("@", id)));
        if (text.Contains("user@", StringComparison.Ordinal))
        {
            group = CgroupPath.Parse(Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal((unit, container?.Replace("@", id), runtime), (group.Unit, group.ContainerId, group.Runtime));
    }

    [Theory]
    [InlineData("0100007F:1F90", "127.0.0.1:8080", true, false)]
    [InlineData("00000000:0016", "0.0.0.0:22", false, true)]
    [InlineData("00000000000000000000000001000000:0016", "[::1]:22", true, false)]
    [InlineData("0000000000000000FFFF00000100007F:0016", "127.0.0.1:22", true, false)]
    [InlineData("00000000000000000000000000000000:0050", "[::]:80", false, true)]
    [InlineData("B80D0120000000000000000001000000:01BB", "[2001:db8::1]:443", false, false)]
    public void Addresses_are_read_from_the_kernels_hexadecimal(string text, string expected, bool isLoopback,
        bool isAny)
    {
        Assert.True(TcpAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address));
        Assert.Equal((expected, isLoopback, isAny), (address.ToString(), address.IsLoopback, address.IsAny));
    }

    [Theory]
    [InlineData("0100007F")]
    [InlineData("01:1F90")]
    [InlineData("ZZ00007F:1F90")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.False(TcpAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Only_the_listeners_at_the_head_of_the_table_are_read_for_liveness()
    {
        var inodes = new HashSet<long>();
        var row = "0: 0100007F:1F90 00000000:0000 {0} 00000000:00000000 00:00000000 00000000 0 0 {1} 1 0\n";
        var text = "head\n" + string.Format(row, "0A", 5) + string.Format(row, "01", 6) + string.Format(row, "0A", 7);
        SocketTable.AddListeners(Encoding.UTF8.GetBytes(text), inodes);
        Assert.Equal([5], inodes);
    }
}

/// <summary>Files captured from machines.</summary>
internal static class Fixture
{
    public static byte[] Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "fixtures", "machine", name);
            if (File.Exists(path))
            {
                return File.ReadAllBytes(path);
            }
        }

        throw new FileNotFoundException($"no fixture {name}");
    }
}
