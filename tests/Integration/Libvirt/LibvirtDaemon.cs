using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ops.Integration.Support;

namespace Ops.Integration.Libvirt;

/// <summary>
/// A real libvirtd of a user's session, with sockets, configuration and guests in a folder of its own, and one QEMU
/// guest that Nova could have made.
/// </summary>
public sealed class LibvirtDaemon : IAsyncLifetime
{
    public const string GuestId = "5f0c1d3a-9f52-4f5e-9d0b-2a7d5f3a1b11";
    public const string GuestName = "instance-0000000a";

    private readonly string _folder = Directory.CreateTempSubdirectory("opslv").FullName;
    private readonly StringBuilder _errors = new();
    private Process? _process;

    public string Tap { get; } = $"ops{Guid.NewGuid().ToString("N")[..8]}";

    public string Uri => $"qemu+unix:///session?socket={Folder("run")}/libvirt/libvirt-sock";

    public async ValueTask InitializeAsync()
    {
        await Command.RunAsync("/usr/sbin/ip", "tuntap", "add", "dev", Tap, "mode", "tap", "user", "nobody");
        await Command.RunAsync("/usr/sbin/ip", "link", "set", Tap, "up");
        foreach (var name in new[] { "run", "home", "cfg/libvirt", "cache", "data" })
        {
            Directory.CreateDirectory(Folder(name));
        }

        File.WriteAllText(Folder("libvirtd.conf"), "listen_tls = 0\nlisten_tcp = 0\nauth_unix_rw = \"none\"\n");
        File.WriteAllText(Folder("cfg/libvirt/qemu.conf"), "stdio_handler = \"file\"\n");
        File.WriteAllText(Folder("guest.xml"), GuestXml());
        await Command.RunAsync("/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", Folder("disk.qcow2"), "32M");
        await Command.RunAsync("/usr/bin/chmod", "755", _folder);
        await Command.RunAsync("/usr/bin/chown", "-R", "nobody", _folder);
        await StartAsync();
        await VirshAsync("define", Folder("guest.xml"));
        await VirshAsync("start", GuestName);
    }

    public async Task StartAsync()
    {
        // The daemon runs as a user without rights: it is then of the session, and touches nothing of the system's.
        var start = new ProcessStartInfo("/usr/bin/setpriv")
        {
            RedirectStandardError = true, WorkingDirectory = _folder,
        };
        foreach (var argument in new[]
        {
            "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--inh-caps=-all", "/usr/sbin/libvirtd", "-f",
            Folder("libvirtd.conf"),
        })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new[]
        {
            ("HOME", "home"), ("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "cfg"), ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
        })
        {
            start.Environment[name] = Folder(value);
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        await ServerProcess.WaitAsync("libvirtd to answer", TimeSpan.FromSeconds(30), async () =>
        {
            Assert.False(_process.HasExited, $"libvirtd ended: {_errors}");
            return File.Exists($"{Folder("run")}/libvirt/libvirt-sock") && (await TryVirshAsync("uri")) is not null;
        });
    }

    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public Task SignalAsync(string signal) => Command.RunAsync(
        "/usr/bin/kill", $"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string> VirshAsync(params string[] words) =>
        Command.RunAsync("/usr/bin/virsh", ["-q", "-c", Uri, .. words]);

    /// <summary>What virsh prints of the guest's figures, by name.</summary>
    public async Task<Dictionary<string, string>> FiguresAsync() =>
        (await VirshAsync("domstats", GuestName)).Split('\n')
            .Select(line => line.Trim().Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);

    public async ValueTask DisposeAsync()
    {
        await TryVirshAsync("destroy", GuestName);
        foreach (var file in Directory.EnumerateFiles(Folder("run"), "*.pid", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file).StartsWith("instance-", StringComparison.Ordinal))
            {
                KillGuest(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
            }
        }

        await StopAsync();
        _process!.Dispose();
        await Command.RunAsync("/usr/sbin/ip", "link", "delete", Tap);
        Directory.Delete(_folder, recursive: true);
    }

    private static void KillGuest(int id)
    {
        try
        {
            using var guest = Process.GetProcessById(id);
            guest.Kill();
            guest.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private async Task<string?> TryVirshAsync(params string[] words)
    {
        try
        {
            return await VirshAsync(words);
        }
        catch (Xunit.Sdk.XunitException)
        {
            return null;
        }
    }

    private string Folder(string name) => Path.Combine(_folder, name);

    private string GuestXml() => $"""
        <domain type='qemu'>
          <name>{GuestName}</name>
          <uuid>{GuestId}</uuid>
          <metadata>
            <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
              <nova:package version="26.2.2"/>
              <nova:name>web-1</nova:name>
              <nova:creationTime>2026-01-10 12:00:00</nova:creationTime>
              <nova:flavor name="m1.tiny">
                <nova:memory>64</nova:memory>
                <nova:disk>1</nova:disk>
                <nova:swap>0</nova:swap>
                <nova:ephemeral>0</nova:ephemeral>
                <nova:vcpus>1</nova:vcpus>
              </nova:flavor>
              <nova:owner>
                <nova:user uuid="user-1">admin</nova:user>
                <nova:project uuid="project-1">demo</nova:project>
              </nova:owner>
              <nova:root type="image" uuid="image-1"/>
            </nova:instance>
          </metadata>
          <memory unit='MiB'>64</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2'/>
              <source file='{Folder("disk.qcow2")}'/>
              <target dev='vda' bus='virtio'/>
            </disk>
            <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
            <interface type='ethernet'>
              <mac address='52:54:00:aa:bb:cc'/>
              <target dev='{Tap}' managed='no'/>
              <model type='virtio'/>
            </interface>
            <memballoon model='virtio'/>
          </devices>
        </domain>
        """;
}
