namespace Ops.Integration.Support;

/// <summary>The configuration files of the cloud that tests start.</summary>
internal sealed record OpenStackFiles(string Folder, string Transport, int DatabasePort)
{
    public const string Password = "secret";

    public int IdentityPort { get; } = LoopbackPort.Free();

    public int PlacementPort { get; } = LoopbackPort.Free();

    public int ComputePort { get; } = LoopbackPort.Free();

    public string IdentityUrl => $"http://127.0.0.1:{IdentityPort}/v3";

    public string Keystone => Path.Combine(Folder, "keystone.conf");

    public string Nova => Path.Combine(Folder, "nova.conf");

    public string PlacementFolder => Path.Combine(Folder, "placement");

    public string Database(string name) => $"postgresql+psycopg2://postgres@127.0.0.1:{DatabasePort}/{name}";

    public void Write()
    {
        foreach (var name in new[] { "log", "state", "fernet", "credentials", "placement" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, name));
        }

        File.WriteAllText(Keystone, KeystoneText());
        File.WriteAllText(Path.Combine(PlacementFolder, "placement.conf"), PlacementText());
        File.WriteAllText(Nova, NovaText());
    }

    private string KeystoneText() => $"""
        [DEFAULT]
        log_file = {Folder}/log/keystone.log
        [database]
        connection = {Database("keystone")}
        [token]
        provider = fernet
        [fernet_tokens]
        key_repository = {Folder}/fernet
        [credential]
        key_repository = {Folder}/credentials
        [identity]
        password_hash_rounds = 4
        [cache]
        enabled = false

        """;

    private string PlacementText() => $"""
        [DEFAULT]
        log_file = {Folder}/log/placement.log
        [api]
        auth_strategy = keystone
        [keystone_authtoken]
        www_authenticate_uri = {IdentityUrl}
        {Login("placement")}
        service_token_roles_required = true
        service_token_roles = admin
        [placement_database]
        connection = {Database("placement")}

        """;

    private string NovaText() => $"""
        [DEFAULT]
        log_dir = {Folder}/log
        state_path = {Folder}/state
        transport_url = {Transport}
        my_ip = 127.0.0.1
        host = host-1
        enabled_apis = osapi_compute
        osapi_compute_listen = 127.0.0.1
        osapi_compute_listen_port = {ComputePort}
        osapi_compute_workers = 1
        metadata_workers = 1
        compute_driver = fake.MediumFakeDriver
        use_rootwrap_daemon = false
        report_interval = 2
        [api]
        auth_strategy = keystone
        [api_database]
        connection = {Database("nova_api")}
        [database]
        connection = {Database("nova")}
        [conductor]
        workers = 1
        [scheduler]
        workers = 1
        [oslo_concurrency]
        lock_path = {Folder}/state
        [oslo_messaging_notifications]
        driver = messagingv2
        topics = notifications
        [notifications]
        notify_on_state_change = vm_and_task_state
        notification_format = both
        [placement]
        region_name = RegionOne
        {Login("placement")}
        [keystone_authtoken]
        www_authenticate_uri = {IdentityUrl}
        {Login("nova")}
        [vnc]
        enabled = false
        [workarounds]
        disable_rootwrap = true

        """;

    private string Login(string user) => $"""
        auth_url = {IdentityUrl}
        auth_type = password
        project_domain_name = Default
        user_domain_name = Default
        project_name = service
        username = {user}
        password = {Password}
        """;
}
