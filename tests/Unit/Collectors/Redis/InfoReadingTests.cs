using CsCheck;
using Ops.Collectors.Redis.Info;
using Ops.Model;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class InfoReadingTests
{
    /// <summary>Lines that Redis 7.0.15 answered, of a master with a replica.</summary>
    private const string Master = """
        # Server
        redis_version:7.0.15
        redis_git_sha1:00000000
        redis_build_id:5fabe01a
        process_id:4711
        run_id:9d2f2e2f4e0b8f8f1d0b57a7a5e9f0a1b2c3d4e5
        uptime_in_seconds:12
        executable:/usr/bin/redis-server

        # Memory
        used_memory:1634160
        used_memory_human:1.56M
        used_memory_dataset_perc:5.12%
        mem_fragmentation_ratio:6.55
        maxmemory_policy:noeviction

        # Persistence
        rdb_last_bgsave_status:ok
        aof_last_write_status:err

        # Replication
        role:master
        connected_slaves:1
        slave0:ip=10.0.0.2,port=6380,state=online,offset=100,lag=1
        master_repl_offset:140

        # Errorstats
        errorstat_ERR:count=4

        # Keyspace
        db0:keys=2,expires=1,avg_ttl=998

        """;

    [Fact]
    public void Fields_become_values_with_kind_unit_and_dimension()
    {
        var lines = InfoReading.Read(Master).Values.Select(value => FormattableString.Invariant(
            $"{value.Meter.Name}{{{value.Dimensions}}} {value.Meter.Kind.Word()} {value.Meter.Unit} {value.Volume}"));
        Assert.Equal(
            """
            redis.server.uptime_in_seconds{} cumulative s 12
            redis.memory.used_memory{} gauge B 1634160
            redis.memory.used_memory_dataset_perc{} gauge  5.12
            redis.memory.mem_fragmentation_ratio{} gauge  6.55
            redis.persistence.rdb_last_bgsave_status{} gauge  1
            redis.persistence.aof_last_write_status{} gauge  0
            redis.replication.connected_slaves{} gauge replica 1
            redis.replication.replica.online{replica=10.0.0.2:6380} gauge  1
            redis.replication.replica.offset{replica=10.0.0.2:6380} cumulative B 100
            redis.replication.replica.lag{replica=10.0.0.2:6380} gauge s 1
            redis.replication.replica.behind{replica=10.0.0.2:6380} gauge B 40
            redis.replication.master_repl_offset{} cumulative B 140
            redis.errorstats.count{error=ERR} cumulative error 4
            redis.keyspace.keys{db=db0} gauge key 2
            redis.keyspace.expires{db=db0} gauge key 1
            redis.keyspace.avg_ttl{db=db0} gauge ms 998
            """.ReplaceLineEndings("\n"),
            string.Join('\n', lines));
    }

    [Fact]
    public void A_replica_names_its_master()
    {
        var info = InfoReading.Read(
            "# Replication\r\nrole:slave\r\nmaster_host:10.0.0.1\r\nmaster_port:6379\r\nmaster_link_status:down\r\n");
        Assert.True(info.IsReplica);
        Assert.Equal(("10.0.0.1", 6379), info.Master);
        Assert.Equal(0, Assert.Single(info.Values).Volume);
    }

    [Fact]
    public void A_Sentinel_counts_what_it_watches()
    {
        var info = InfoReading.Read(
            "# Sentinel\nsentinel_masters:1\n"
            + "master0:name=orders,status=odown,address=10.0.0.1:6379,slaves=2,sentinels=3\n");
        Assert.Equal(
            [
                ("redis.sentinel.sentinel_masters", 1.0, ""), ("redis.sentinel.master.ok", 0, "master=orders"),
                ("redis.sentinel.master.slaves", 2, "master=orders"),
                ("redis.sentinel.master.sentinels", 3, "master=orders"),
            ],
            info.Values.Select(value => (value.Meter.Name, value.Volume, value.Dimensions.ToString())));
    }

    [Fact]
    public void Lines_over_the_limits_are_passed_over()
    {
        var text = $"# A\nlong:{new string('1', InfoText.LineCharsMax)}\nname with space:1\n:2\n"
            + string.Concat(Enumerable.Range(0, InfoText.FieldsMax + 10).Select(i => $"f{i}x:1\n"));
        Assert.Equal(InfoText.FieldsMax, InfoText.Read(text).Count);
        Assert.Equal(new InfoField("a", "f0x", "1"), InfoText.Read(text)[0]);
    }

    [Fact]
    public void Any_text_is_read_without_complaint_and_gives_numbers_only()
    {
        Gen.String.Sample(IsFinite, iter: 2000);
        string[] pieces =
        [
            "# Keyspace\n", "# Sentinel\n", "# Replication\n", "db0:", "slave0:", "master0:", "name=a,", "ip=1,port=",
            "keys=1e309", "state=online\n", "x:nan\n", "y:1e400\n", "z:-5\n", "errorstat_X:count=", "=,=,\n", "7\n",
            "\n",
        ];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30].Select(string.Concat)
            .Sample(IsFinite, iter: 5000);
    }

    [Fact]
    public void Every_known_meter_has_its_row_in_the_page()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/redis.md"));
        Assert.All(InfoMeters.All, meter => Assert.Contains(
            $"| `{meter.Name}` | {meter.Kind.Word()} | {meter.Unit} | {meter.Text} |", page));
    }

    private static bool IsFinite(string text) =>
        InfoReading.Read(text).Values.All(value => double.IsFinite(value.Volume));
}
