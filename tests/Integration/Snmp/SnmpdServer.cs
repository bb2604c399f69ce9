using System.Diagnostics;
using System.Text;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Ops.Integration.Support;

namespace Ops.Integration.Snmp;

/// <summary>A real snmpd on a loopback port of its own, IPv4 and IPv6, with users of all kinds.</summary>
public sealed class SnmpdServer : IAsyncDisposable
{
    public const string AuthPassword = "auth password 1";
    public const string PrivPassword = "priv password 1";
    public const string Community = "s3cret";

    private static readonly (string Name, SnmpAuthProtocol Auth, SnmpPrivProtocol Priv, string Words)[] Users =
    [
        ("md5des", SnmpAuthProtocol.Md5, SnmpPrivProtocol.Des, "MD5 DES"),
        ("sha1aes", SnmpAuthProtocol.Sha1, SnmpPrivProtocol.Aes128, "SHA AES"),
        ("sha224aes", SnmpAuthProtocol.Sha224, SnmpPrivProtocol.Aes128, "SHA-224 AES"),
        ("sha256aes192", SnmpAuthProtocol.Sha256, SnmpPrivProtocol.Aes192, "SHA-256 AES-192"),
        ("sha384aes256", SnmpAuthProtocol.Sha384, SnmpPrivProtocol.Aes256, "SHA-384 AES-256"),
        ("sha512aes256", SnmpAuthProtocol.Sha512, SnmpPrivProtocol.Aes256, "SHA-512 AES-256"),
        ("md5aes256", SnmpAuthProtocol.Md5, SnmpPrivProtocol.Aes256, "MD5 AES-256"),
        ("sha1aes192c", SnmpAuthProtocol.Sha1, SnmpPrivProtocol.Aes192Cisco, "SHA AES-192-C"),
        ("sha1aes256c", SnmpAuthProtocol.Sha1, SnmpPrivProtocol.Aes256Cisco, "SHA AES-256-C"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ops-snmpd-").FullName;
    private readonly StringBuilder _log = new();
    private Process? _process;

    public int Port { get; } = LoopbackPort.Free();

    public static IEnumerable<string> UserNames => Users.Select(user => user.Name);

    public SnmpTarget Target => new("127.0.0.1", Port, new SnmpCredential { Community = Community });

    public SnmpTarget As(string user)
    {
        var one = Users.First(known => known.Name == user);
        return new SnmpTarget("127.0.0.1", Port, new SnmpCredential
        {
            Community = null, User = user, Auth = one.Auth, AuthPassword = AuthPassword, Priv = one.Priv,
            PrivPassword = PrivPassword,
        });
    }

    public async Task StartAsync()
    {
        var config = Path.Combine(_folder, "snmpd.conf");
        var users = Users.Select(user => (user.Name, Words: user.Words.Split(' ')))
            .Select(user => $"createUser {user.Name} {user.Words[0]} \"{AuthPassword}\" {user.Words[1]} "
                + $"\"{PrivPassword}\"\nrouser {user.Name} priv");
        await File.WriteAllTextAsync(config, $"""
            agentAddress udp:127.0.0.1:{Port},udp6:[::1]:{Port}
            rocommunity {Community}
            rocommunity6 {Community}
            sysName test-host
            sysLocation rack 7
            disk / 1%
            {string.Join('\n', users)}
            createUser plain
            rouser plain noauth
            createUser signed SHA-256 "{AuthPassword}"
            rouser signed auth

            """);
        var start = new ProcessStartInfo("/usr/sbin/snmpd")
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        var pid = Path.Combine(_folder, "pid");
        foreach (var argument in new[] { "-f", "-Lo", "-C", "-c", config, "-p", pid, "-m", "" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SNMP_PERSISTENT_DIR"] = Path.Combine(_folder, "state");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _log.AppendLine(line.Data);
        _process.ErrorDataReceived += (_, line) => _log.AppendLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ServerProcess.WaitAsync("snmpd to answer", TimeSpan.FromSeconds(20), async () =>
        {
            Assert.False(_process.HasExited, $"snmpd ended: {_log}");
            return (await GetAsync("1.3.6.1.2.1.1.5.0")).Contains("test-host");
        });
    }

    /// <summary>What snmpget says of an object, without its type.</summary>
    public async Task<string> GetAsync(string oid) => await AskAsync("/usr/bin/snmpget", oid);

    /// <summary>What snmpwalk says, a line for each object.</summary>
    public async Task<string[]> WalkAsync(string oid) =>
        (await AskAsync("/usr/bin/snmpwalk", oid)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

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

    private async Task<string> AskAsync(string program, string oid)
    {
        var (_, text, _) = await Tool.RunAsync(
            program, ["-v2c", "-c", Community, "-t", "1", "-Oqvt", "-m", "", $"127.0.0.1:{Port}", oid]);
        return text.Trim().Replace("\"", "");
    }
}
