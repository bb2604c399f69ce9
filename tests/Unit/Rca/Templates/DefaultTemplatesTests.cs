using System.Text.Json;
using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Templates;

public sealed class DefaultTemplatesTests
{
    private static readonly string[] EntityTypes =
    [
        "machine", "disk", "filesystem", "interface", "service", "container", "endpoint", "redis.server",
        "redis.master",
    ];

    private static readonly string[] MeasuredAlarms =
    [
        "filesystem nearly full", "inodes nearly full", "memory pressure", "cpu pressure", "disk saturated",
        "network errors", "service gone", "service restarting", "out of memory kill",
    ];

    [Fact]
    public void They_are_right_as_one_set()
    {
        var set = Read();

        Assert.Equal([], set.Faults.Select(fault => fault.ToString()));
        Assert.Equal([], set.Files.SelectMany(file => file.Warnings).Select(warning => warning.ToString()));
        Assert.Equal(
            [
                "disk_saturated", "filesystem_full", "memory_pressure", "network_errors", "redis_failover",
                "service_gone",
            ],
            set.Templates.Select(template => template.Name).Order());
    }

    [Fact]
    public void Each_says_in_a_line_what_it_knows() =>
        Assert.All(Read().Templates, template => Assert.InRange(template.Description!.Length, 20, 120));

    [Fact]
    public void They_name_only_what_a_machine_has()
    {
        var entities = Read().Templates
            .SelectMany(template => template.Scenarios)
            .SelectMany(scenario => scenario.Clauses)
            .SelectMany(clause => clause.Entities);
        foreach (var entity in entities)
        {
            var type = Value(entity, "vitrage_type");
            if (Value(entity, "vitrage_category") == "RESOURCE")
            {
                Assert.Contains(type, EntityTypes);
            }
            else if (type == "ops")
            {
                Assert.Contains(Value(entity, "name"), MeasuredAlarms);
            }
            else
            {
                Assert.Equal("vitrage", type);
            }
        }
    }

    [Fact]
    public void A_lost_dependency_causes_the_next()
    {
        var template = Read().Templates.First(template => template.Name == "service_gone");

        Assert.Equal(
            new RaiseAlarm("client", "dependency lost", "CRITICAL", "gone"), template.Scenarios[0].Actions[0]);
        Assert.Equal(
            new RaiseAlarm("client", "dependency lost", "WARNING", "lost"), template.Scenarios[1].Actions[0]);
    }

    [Fact]
    public void Memory_pressure_explains_a_kill_and_the_kill_what_is_gone() => Assert.Equal(
        [
            "4: +cause out of memory kill@m>service gone@s",
            "5: +cause memory pressure@m>out of memory kill@m; +cause memory pressure@m>service gone@s; "
                + "m is SUBOPTIMAL/SUBOPTIMAL",
        ],
        Rig.Changes(
            [Read().Templates.First(template => template.Name == "memory_pressure")],
            """
            {"entity":{"type":"service","id":"s"},"relations":[{"label":"contains","from":{"type":"machine","id":"m"}}]}
            """,
            """{"entity":{"type":"machine","id":"m","name":"m","state":"ACTIVE"}}""",
            Alarm("out of memory kill", "machine", "m"),
            Alarm("service gone", "service", "s"),
            Alarm("memory pressure", "machine", "m")));

    [Fact]
    public void A_Redis_server_that_is_down_is_why_its_replica_lost_its_master()
    {
        var changes = Rig.Changes(
            [Read().Templates.First(template => template.Name == "redis_failover")],
            Server("a", "contains", "from", "redis.master", "g"),
            Server("b", "replicates", "to", "redis.server", "a"),
            """{"entity":{"type":"redis.master","id":"g"}}""",
            """{"entity":{"type":"redis.server","id":"a","state":"DOWN"}}""",
            """{"entity":{"type":"redis.server","id":"b","state":"SUBOPTIMAL"}}""").ToList();

        Assert.Contains("+redis server down CRITICAL on a", changes[^2]);
        Assert.Contains("+redis master lost WARNING on b", changes[^1]);
        Assert.Contains("+cause redis server down@a>redis master lost@b", changes[^1]);
    }

    private static string Server(string id, string label, string end, string type, string other) =>
        $"{{\"entity\":{{\"type\":\"redis.server\",\"id\":\"{id}\",\"state\":\"ACTIVE\"}},\"relations\":["
        + $"{{\"label\":\"{label}\",\"{end}\":{{\"type\":\"{type}\",\"id\":\"{other}\"}}}}]}}";

    private static string Alarm(string name, string type, string id) => JsonSerializer.Serialize(
        new { alarm = new { type = "ops", name, severity = "CRITICAL", resource = new { type, id } } });

    private static string Value(ClauseEntity entity, string property) =>
        entity.Predicates.First(predicate => predicate.Property == property).Value;

    private static TemplateSet Read() => TemplateSetReader.Read(
    [
        .. Directory.GetFiles(Path.Combine(TemplateFiles.Root, "server", "etc", "templates"), "*.yaml")
            .Select(file => TemplateFiles.Parse(File.ReadAllText(file), Path.GetFileName(file))),
    ]);
}
