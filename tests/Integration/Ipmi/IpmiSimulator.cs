using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ops.Collectors.Ipmi;
using Ops.Integration.Support;

namespace Ops.Integration.Ipmi;

/// <summary>A real management controller in software: ipmi_sim of OpenIPMI, with five sensors.</summary>
public sealed class IpmiSimulator : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-ipmi-").FullName;
    private readonly int _port = LoopbackPort.Free();
    private readonly StringBuilder _log = new();
    private Process? _process;

    public IpmiTarget Target => new()
    {
        Name = "node-1", Host = "127.0.0.1", Port = _port, User = "ops", Password = "opspass", CipherSuite = 3,
    };

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "lan.conf"), $"""
            name "opstest"
            set_working_mc 0x20
              startlan 1
                addr 127.0.0.1 {_port}
                priv_limit admin
                allowed_auths_callback none md2 md5 straight
                allowed_auths_user none md2 md5 straight
                allowed_auths_operator none md2 md5 straight
                allowed_auths_admin none md2 md5 straight
                guid a123456789abcdefa123456789abcdef
              endlan
              user 1 true "" "test" user 10 none md2 md5 straight
              user 2 true "ops" "opspass" admin 10 none md2 md5 straight

            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "sim.emu"), Commands());
        Directory.CreateDirectory(Path.Combine(_folder, "state"));
        var start = new ProcessStartInfo("/usr/bin/ipmi_sim")
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder,
        };
        foreach (var argument in new[] { "-c", "lan.conf", "-f", "sim.emu", "-s", "state", "-n" })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _log.AppendLine(line.Data);
        _process.ErrorDataReceived += (_, line) => _log.AppendLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ServerProcess.WaitAsync("ipmi_sim to answer", TimeSpan.FromSeconds(20), async () =>
        {
            Assert.False(_process.HasExited, $"ipmi_sim ended: {_log}");
            return (await RunAsync("raw", "0x06", "0x01")).Code == 0;
        });
    }

    /// <summary>Runs ipmitool on it.</summary>
    public Task<(int Code, string Out, string Error)> RunAsync(params string[] command) =>
        Snmp.Tool.RunAsync(
            "/usr/bin/ipmitool",
            [
                "-I", "lanplus", "-H", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "ops",
                "-C", "3", "-N", "1", "-R", "1", "-E", .. command,
            ],
            new Dictionary<string, string> { ["IPMI_PASSWORD"] = "opspass" });

    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Commands()
    {
        var text = new StringBuilder("mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x000157 0xf02\n");
        Add(text, 1, type: 1, unit: 1, factor: 1, exponent: 0, "CPU Temp", raw: 42, critical: 95);
        Add(text, 2, type: 4, unit: 18, factor: 50, exponent: 0, "FAN 1", raw: 100, critical: 255);
        Add(text, 3, type: 2, unit: 4, factor: 6, exponent: -2, "12V", raw: 201, critical: 255);
        Add(text, 4, type: 3, unit: 6, factor: 4, exponent: 0, "PSU Power", raw: 30, critical: 255);
        Add(text, 5, type: 1, unit: 1, factor: 1, exponent: 0, "Inlet Temp", raw: 96, critical: 95);
        return text.Append("mc_enable 0x20\n").ToString();
    }

    /// <summary>Adds a sensor and its full record. Source: IPMI 2.0 specification, table 43-1.</summary>
    private static void Add(
        StringBuilder text, int number, byte type, byte unit, byte factor, int exponent, string name, int raw,
        byte critical)
    {
        byte[] body =
        [
            0x20, 0, (byte)number, 7, 1, 0x7F, 0x68, type, 1, 0x80, 0x0A, 0x80, 0x0A, 0x3F, 0x3F, 0, unit, 0, 0,
            factor, 0, 0, 0, 0, (byte)((exponent & 0xF) << 4), 7, 0x20, 0xFF, 0, 0xFF, 0, 0xFF, critical, critical,
            0, 0, 0, 2, 2, 0, 0, 0, (byte)(0xC0 | name.Length), .. Encoding.ASCII.GetBytes(name),
        ];
        byte[] record = [0, 0, 0x51, 1, (byte)body.Length, .. body];
        const string mask = "000011111111111";
        var octets = string.Join(
            ' ', record.Select(octet => "0x" + octet.ToString("x2", CultureInfo.InvariantCulture)));
        text.Append(CultureInfo.InvariantCulture, $"sensor_add 0x20 0 {number} 0x{type:x2} 0x01\n")
            .Append(CultureInfo.InvariantCulture, $"sensor_set_threshold 0x20 0 {number} settable 111111 0xff ")
            .Append(CultureInfo.InvariantCulture, $"{critical} {critical} 0 0 0\n")
            .Append(CultureInfo.InvariantCulture, $"sensor_set_event_support 0x20 0 {number} enable scanning ")
            .Append(CultureInfo.InvariantCulture, $"per-state {mask} {mask} {mask} {mask}\n")
            .Append(CultureInfo.InvariantCulture, $"sensor_set_value 0x20 0 {number} {raw} 0\n")
            .Append(CultureInfo.InvariantCulture, $"main_sdr_add 0x20 {octets}\n");
    }
}
