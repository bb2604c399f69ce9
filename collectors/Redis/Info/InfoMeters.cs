using Ops.Model;
using static Ops.Model.MeterKind;

namespace Ops.Collectors.Redis.Info;

/// <summary>The fields of INFO that are known by name. Any other numeric field is a gauge without unit.</summary>
/// <remarks>Source: Redis 7's documentation of INFO.</remarks>
internal static class InfoMeters
{
    /// <summary>The meters that are not in INFO.</summary>
    public static readonly InfoMeter Up = Make("redis.up", Gauge, "", "1 when the server answers, else 0.");
    public static readonly InfoMeter Ping = Make("redis.ping.latency", Gauge, "ms", "How long PING took.");
    public static readonly InfoMeter Slowlog = Make("redis.slowlog.length", Gauge, "entry", "Entries of the slow log.");

    /// <summary>
    /// Numbers that identify, configure or date, and measure nothing, and texts that may look like a number.
    /// </summary>
    private static readonly HashSet<string> NoMeasures =
    [
        "redis_git_sha1", "redis_git_dirty", "redis_build_id", "run_id", "arch_bits", "process_id", "tcp_port",
        "server_time_usec", "hz", "configured_hz", "lru_clock", "master_replid", "master_replid2", "master_port",
        "monotonic_clock", "gcc_version", "redis_version", "atomicvar_api", "multiplexing_api", "executable",
        "config_file", "master_host", "slave_priority", "replica_announced", "second_repl_offset", "os",
    ];

    private static readonly Dictionary<string, InfoMeter> Known = new[]
    {
        Make("redis.server.uptime_in_seconds", Cumulative, "s", "Time since the server started."),
        Make("redis.server.uptime_in_days", Gauge, "d", "The same in days."),
        Make("redis.clients.connected_clients", Gauge, "client", "Connections of clients, without replicas."),
        Make("redis.clients.blocked_clients", Gauge, "client", "Clients that wait in a blocking command."),
        Make("redis.clients.maxclients", Gauge, "client", "The most clients that are let in."),
        Make("redis.clients.cluster_connections", Gauge, "connection", "Sockets of the cluster's bus."),
        Make("redis.clients.pubsub_clients", Gauge, "client", "Clients that are subscribed."),
        Make("redis.memory.used_memory", Gauge, "B", "Memory that the allocator gave out."),
        Make("redis.memory.used_memory_rss", Gauge, "B", "Memory as the system sees it."),
        Make("redis.memory.used_memory_peak", Gauge, "B", "The most memory ever used."),
        Make("redis.memory.used_memory_dataset", Gauge, "B", "Memory of the data alone."),
        Make("redis.memory.used_memory_overhead", Gauge, "B", "Memory of everything but the data."),
        Make("redis.memory.used_memory_startup", Gauge, "B", "Memory used at the start."),
        Make("redis.memory.used_memory_lua", Gauge, "B", "Memory of scripts."),
        Make("redis.memory.used_memory_scripts", Gauge, "B", "Memory of scripts and functions."),
        Make("redis.memory.maxmemory", Gauge, "B", "The limit; 0 is none."),
        Make("redis.memory.total_system_memory", Gauge, "B", "Memory of the machine."),
        Make("redis.memory.mem_fragmentation_ratio", Gauge, "", "Resident over used memory."),
        Make("redis.memory.mem_fragmentation_bytes", Gauge, "B", "Resident less used memory."),
        Make("redis.memory.mem_clients_normal", Gauge, "B", "Memory of clients' buffers."),
        Make("redis.memory.mem_clients_slaves", Gauge, "B", "Memory of replicas' buffers."),
        Make("redis.memory.mem_replication_backlog", Gauge, "B", "Memory of the replication backlog."),
        Make("redis.memory.mem_aof_buffer", Gauge, "B", "Memory of the append-only buffer."),
        Make("redis.persistence.loading", Gauge, "", "1 while the data is loaded."),
        Make("redis.persistence.rdb_changes_since_last_save", Gauge, "change", "What a crash may lose."),
        Make("redis.persistence.rdb_bgsave_in_progress", Gauge, "", "1 while a snapshot is written."),
        Make("redis.persistence.rdb_last_save_time", Gauge, "s", "When the last snapshot was, Unix time."),
        Make("redis.persistence.rdb_last_bgsave_time_sec", Gauge, "s", "How long it took; -1 is never."),
        Make("redis.persistence.rdb_last_bgsave_status", Gauge, "", "1 when it went well, else 0."),
        Make("redis.persistence.rdb_last_cow_size", Gauge, "B", "Memory copied during it."),
        Make("redis.persistence.rdb_saves", Cumulative, "snapshot", "Snapshots since the start."),
        Make("redis.persistence.aof_enabled", Gauge, "", "1 when the append-only file is on."),
        Make("redis.persistence.aof_rewrite_in_progress", Gauge, "", "1 while it is rewritten."),
        Make("redis.persistence.aof_last_bgrewrite_status", Gauge, "", "1 when the last rewrite went well."),
        Make("redis.persistence.aof_last_write_status", Gauge, "", "1 when the last write went well."),
        Make("redis.persistence.aof_current_size", Gauge, "B", "Size of the append-only file."),
        Make("redis.stats.total_connections_received", Cumulative, "connection", "Connections accepted."),
        Make("redis.stats.total_commands_processed", Cumulative, "command", "Commands run."),
        Make("redis.stats.instantaneous_ops_per_sec", Gauge, "command/s", "Commands per second, as Redis smooths it."),
        Make("redis.stats.total_net_input_bytes", Cumulative, "B", "Bytes received."),
        Make("redis.stats.total_net_output_bytes", Cumulative, "B", "Bytes sent."),
        Make("redis.stats.instantaneous_input_kbps", Gauge, "KB/s", "Received per second."),
        Make("redis.stats.instantaneous_output_kbps", Gauge, "KB/s", "Sent per second."),
        Make("redis.stats.rejected_connections", Cumulative, "connection", "Refused, over maxclients."),
        Make("redis.stats.sync_full", Cumulative, "sync", "Whole copies sent to replicas."),
        Make("redis.stats.sync_partial_ok", Cumulative, "sync", "Resumptions granted."),
        Make("redis.stats.sync_partial_err", Cumulative, "sync", "Resumptions refused."),
        Make("redis.stats.expired_keys", Cumulative, "key", "Keys that ran out of time."),
        Make("redis.stats.evicted_keys", Cumulative, "key", "Keys dropped for want of memory."),
        Make("redis.stats.evicted_clients", Cumulative, "client", "Clients dropped for want of memory."),
        Make("redis.stats.keyspace_hits", Cumulative, "lookup", "Lookups that found their key."),
        Make("redis.stats.keyspace_misses", Cumulative, "lookup", "Lookups that did not."),
        Make("redis.stats.pubsub_channels", Gauge, "channel", "Channels with subscribers."),
        Make("redis.stats.pubsub_patterns", Gauge, "pattern", "Patterns with subscribers."),
        Make("redis.stats.latest_fork_usec", Gauge, "us", "How long the last fork took."),
        Make("redis.stats.total_forks", Cumulative, "fork", "Forks since the start."),
        Make("redis.stats.total_error_replies", Cumulative, "error", "Errors answered."),
        Make("redis.stats.total_reads_processed", Cumulative, "read", "Reads off sockets."),
        Make("redis.stats.total_writes_processed", Cumulative, "write", "Writes to sockets."),
        Make("redis.replication.connected_slaves", Gauge, "replica", "Replicas that are connected."),
        Make("redis.replication.master_repl_offset", Cumulative, "B", "Bytes of the replication stream so far."),
        Make("redis.replication.slave_repl_offset", Cumulative, "B", "How far a replica has read it."),
        Make("redis.replication.slave_read_repl_offset", Cumulative, "B", "How far it has received it."),
        Make("redis.replication.master_link_status", Gauge, "", "1 when the link to the master is up, else 0."),
        Make("redis.replication.master_last_io_seconds_ago", Gauge, "s", "Since the master was last heard."),
        Make("redis.replication.master_link_down_since_seconds", Gauge, "s", "Since the link is down."),
        Make("redis.replication.master_sync_in_progress", Gauge, "", "1 while a whole copy is received."),
        Make("redis.replication.repl_backlog_size", Gauge, "B", "Size of the backlog."),
        Make("redis.replication.repl_backlog_histlen", Gauge, "B", "Bytes in the backlog."),
        Make("redis.replication.replica.offset", Cumulative, "B", "How far a replica has read; by `replica`."),
        Make("redis.replication.replica.lag", Gauge, "s", "Since a replica was last heard; by `replica`."),
        Make("redis.replication.replica.behind", Gauge, "B", "How far it is behind its master; by `replica`."),
        Make("redis.replication.replica.online", Gauge, "", "1 when it is online, else 0; by `replica`."),
        Make("redis.cpu.used_cpu_sys", Cumulative, "s", "CPU time in the kernel."),
        Make("redis.cpu.used_cpu_user", Cumulative, "s", "CPU time in the program."),
        Make("redis.cpu.used_cpu_sys_children", Cumulative, "s", "The same of its children."),
        Make("redis.cpu.used_cpu_user_children", Cumulative, "s", "The same of its children."),
        Make("redis.cpu.used_cpu_sys_main_thread", Cumulative, "s", "The same of the main thread."),
        Make("redis.cpu.used_cpu_user_main_thread", Cumulative, "s", "The same of the main thread."),
        Make("redis.errorstats.count", Cumulative, "error", "Errors answered, by `error`."),
        Make("redis.keyspace.keys", Gauge, "key", "Keys, by `db`."),
        Make("redis.keyspace.expires", Gauge, "key", "Keys that will run out of time, by `db`."),
        Make("redis.keyspace.avg_ttl", Gauge, "ms", "The mean time they have left, by `db`."),
        Make("redis.sentinel.sentinel_masters", Gauge, "master", "Masters that a Sentinel watches."),
        Make("redis.sentinel.sentinel_tilt", Gauge, "", "1 while a Sentinel does not trust its clock."),
        Make("redis.sentinel.sentinel_running_scripts", Gauge, "script", "Scripts that run."),
        Make("redis.sentinel.master.ok", Gauge, "", "1 when the master is well, else 0; by `master`."),
        Make("redis.sentinel.master.slaves", Gauge, "replica", "Replicas known; by `master`."),
        Make("redis.sentinel.master.sentinels", Gauge, "sentinel", "Sentinels known; by `master`."),
    }.ToDictionary(meter => meter.Name, StringComparer.Ordinal);

    /// <summary>Those that are known by name, for the page.</summary>
    public static IReadOnlyList<InfoMeter> All { get; } = [Up, Ping, Slowlog, .. Known.Values];

    /// <summary>The meter of a field, or null for one that measures nothing.</summary>
    public static InfoMeter? Of(string section, string field)
    {
        var name = $"redis.{section}.{field}";
        return Known.TryGetValue(name, out var known) ? known
            : NoMeasures.Contains(field) ? null : new InfoMeter(name, Gauge, "", "");
    }

    private static InfoMeter Make(string name, MeterKind kind, string unit, string text) =>
        new(name, kind, unit, text);
}
