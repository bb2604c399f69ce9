using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>
/// A real Keystone, Placement and Nova (whose hypervisor is Nova's own pretended one) over PostgreSQL and RabbitMQ.
/// </summary>
public sealed class OpenStackCloud : IAsyncDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("ops-cloud-").FullName;
    private readonly RabbitMqServer _broker = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ServiceProcesses _processes;
    private readonly OpenStackFiles _files;

    private OpenStackCloud()
    {
        _files = new OpenStackFiles(_folder, _broker.TransportUrl, LoopbackPort.Free());
        _processes = new ServiceProcesses(_folder, new Dictionary<string, string>
        {
            ["OS_KEYSTONE_CONFIG_FILES"] = _files.Keystone,
            ["OS_PLACEMENT_CONFIG_DIR"] = _files.PlacementFolder,
            ["PYTHONWARNINGS"] = "ignore",
        });
    }

    /// <summary>Where tokens are had, with <c>/v3</c>.</summary>
    public string AuthUrl => _files.IdentityUrl;

    /// <summary>The broker that Nova's notifications go to.</summary>
    public string AmqpUrl => _broker.AmqpUrl;

    public string AdminUser => "admin";

    public string AdminPassword => OpenStackFiles.Password;

    /// <summary>Nova's API, with <c>/v2.1</c>.</summary>
    public string NovaUrl => $"http://127.0.0.1:{_files.ComputePort}/v2.1";

    /// <summary>Starts all of it and waits until its compute host is up.</summary>
    public static async Task<OpenStackCloud> StartAsync()
    {
        var cloud = new OpenStackCloud();
        try
        {
            cloud._files.Write();
            await Task.WhenAll(cloud._broker.StartAsync(), cloud.PrepareAsync());
            await cloud.RunServicesAsync();
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks Nova as the administrator.</summary>
    public async Task<JsonElement> NovaAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, NovaUrl + path);
        request.Headers.Add("X-Auth-Token", await TokenAsync());
        request.Headers.Add("OpenStack-API-Version", "compute 2.79");
        request.Content = body is null ? null : OpenStackSeed.Json(body);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}");
        }

        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        _processes.Dispose();
        await _broker.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync()
    {
        await StartDatabaseAsync();
        await Task.WhenAll(PrepareIdentityAsync(), PrepareComputeAsync());
    }

    /// <summary>PostgreSQL refuses to run as root, so that root runs it as the user it brings.</summary>
    private async Task StartDatabaseAsync()
    {
        const string Programs = "/usr/lib/postgresql/15/bin";
        var data = Path.Combine(_folder, "database");
        Directory.CreateDirectory(data);
        string[] asUser = ["--"];
        if (Environment.UserName == "root")
        {
            asUser = ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"];
            await _processes.RunAsync("chmod", "711", _folder);
            await _processes.RunAsync("chown", "postgres", data);
        }

        await _processes.RunAsync("setpriv", [.. asUser, $"{Programs}/initdb", "-D", data, "-U", "postgres", "-A",
            "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        _processes.Start("PostgreSQL", "setpriv", [.. asUser, $"{Programs}/postgres", "-D", data, "-p",
            $"{_files.DatabasePort}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
            "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]);
        await ServerProcess.WaitAsync("PostgreSQL to answer", ReadyMax, async () =>
        {
            _processes.AllLive();
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", _files.DatabasePort);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        });
        foreach (var name in new[] { "keystone", "placement", "nova_api", "nova", "nova_cell0" })
        {
            await _processes.RunAsync($"{Programs}/createdb", "-h", "127.0.0.1", "-p", $"{_files.DatabasePort}", "-U",
                "postgres", name);
        }
    }

    private async Task PrepareIdentityAsync()
    {
        string[] config = ["--config-file", _files.Keystone];
        var user = Environment.UserName;
        await _processes.RunAsync("keystone-manage", [.. config, "db_sync"]);
        await _processes.RunAsync(
            "keystone-manage", [.. config, "fernet_setup", "--keystone-user", user, "--keystone-group", user]);
        await _processes.RunAsync("keystone-manage", [.. config, "bootstrap", "--bootstrap-password", AdminPassword,
            "--bootstrap-admin-url", AuthUrl, "--bootstrap-internal-url", AuthUrl, "--bootstrap-public-url", AuthUrl,
            "--bootstrap-region-id", "RegionOne"]);
        StartWeb("Keystone", _files.IdentityPort, "/usr/bin/keystone-wsgi-public");
        await AnswersAsync("Keystone", AuthUrl);
        await new OpenStackSeed(_http, AuthUrl, await TokenAsync()).PlantAsync(
            ("placement", "placement", $"http://127.0.0.1:{_files.PlacementPort}"), ("nova", "compute", NovaUrl));
    }

    private async Task PrepareComputeAsync()
    {
        string[] config = ["--config-file", _files.Nova];
        await _processes.RunAsync("nova-manage", [.. config, "api_db", "sync"]);
        await _processes.RunAsync("nova-manage", [.. config, "cell_v2", "map_cell0", "--database_connection",
            _files.Database("nova_cell0")]);
        await Task.WhenAll(
            _processes.RunAsync("nova-manage", [.. config, "db", "sync"]),
            _processes.RunAsync("placement-manage", "--config-file",
                Path.Combine(_files.PlacementFolder, "placement.conf"), "db", "sync"));
        await _processes.RunAsync("nova-manage", [.. config, "cell_v2", "create_cell", "--name", "cell1"]);
    }

    private async Task RunServicesAsync()
    {
        StartWeb("Placement", _files.PlacementPort, "/usr/bin/placement-api");
        foreach (var service in new[] { "nova-conductor", "nova-scheduler", "nova-api", "nova-compute" })
        {
            _processes.Start(service, service, "--config-file", _files.Nova);
        }

        await AnswersAsync("Nova", NovaUrl);
        await ServerProcess.WaitAsync("nova-compute to be up", ReadyMax, async () =>
        {
            _processes.AllLive();
            var services = await NovaAsync(HttpMethod.Get, "/os-services");
            return services.GetProperty("services").EnumerateArray().Any(service =>
                service.GetProperty("binary").GetString() == "nova-compute"
                && service.GetProperty("state").GetString() == "up");
        });
        await _processes.RunAsync("nova-manage", "--config-file", _files.Nova, "cell_v2", "discover_hosts");
    }

    private void StartWeb(string name, int port, string script) => _processes.Start(
        name, "uwsgi", "--http-socket", $"127.0.0.1:{port}", "--plugin", "python3", "--wsgi-file", script,
        "--processes", "2", "--threads", "2", "--master", "--die-on-term", "--need-app", "--buffer-size", "65535",
        "--add-header", "Connection: close");

    private Task AnswersAsync(string name, string url) => ServerProcess.WaitAsync($"{name} to answer", ReadyMax,
        async () =>
        {
            _processes.AllLive();
            using var answer = await _http.GetAsync(url);
            return (int)answer.StatusCode < 500;
        });

    private async Task<string> TokenAsync()
    {
        var domain = new { id = "default" };
        using var answer = await _http.PostAsync(AuthUrl + "/auth/tokens", OpenStackSeed.Json(new
        {
            auth = new
            {
                identity = new
                {
                    methods = new[] { "password" },
                    password = new { user = new { name = AdminUser, domain, password = AdminPassword } },
                },
                scope = new { project = new { name = "admin", domain } },
            },
        }));
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("X-Subject-Token").Single();
    }
}
