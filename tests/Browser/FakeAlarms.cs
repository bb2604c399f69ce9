using Ops.Model;

namespace Ops.Browser;

/// <summary>A gone database with a chain of two deduced alarms, and a full filesystem that three services write
/// to.</summary>
internal static class FakeAlarms
{
    public static IReadOnlyList<AlarmView> All(DateTimeOffset now)
    {
        var gone = Measured("a-gone", "service gone", "CRITICAL", "service", "postgresql", now.AddMinutes(-4),
            "machine.service.up 0 < 1 (Transition to alarm due to 1 sample outside threshold, most recent: 0.0)");
        var api = Deduced("a-api", "dependency lost", "CRITICAL", "api", now.AddMinutes(-4), "service_gone", 0, gone.Id,
            "postgresql, to which it connects, is gone");
        var web = Deduced("a-web", "dependency lost", "WARNING", "web", now.AddMinutes(-4), "service_gone", 1, api.Id,
            "api, to which it connects, has lost a dependency");
        var full = Measured(
            "a-full", "filesystem nearly full", "WARNING", "filesystem", "/var/lib", now.AddMinutes(-52),
            "machine.filesystem.used_percent mean 95.2 % > 90 % for 3 periods of 1m "
            + "(Transition to alarm due to 3 samples outside threshold, most recent: 95.2)");
        var writers = new[] { "elasticsearch-data-node-eu-central", "rabbitmq-server", "prometheus" }.Select(service =>
            Deduced(
                $"a-{service}", "storage nearly full", "WARNING", service, now.AddMinutes(-52), "filesystem_full", 0,
                full.Id, "it writes to /var/lib, which is nearly full"));
        return [gone, api, web, full, .. writers];
    }

    public static AlarmView Quiet(DateTimeOffset now) => Measured(
        "a-quiet", "cpu pressure", "WARNING", "machine", FakeWorld.Machine, now.AddHours(-5),
        "machine.pressure.cpu.some.avg10 mean 1.2 % <= 40 %")
        with { State = "ok" };

    public static WhyView? Why(IReadOnlyList<AlarmView> alarms, string id)
    {
        var alarm = alarms.FirstOrDefault(one => one.Id == id);
        return alarm is null ? null : new WhyView(
            alarm,
            [.. alarm.Because.Select(because => Derivation(alarm, because, alarms))],
            [.. alarm.Causes.Select(cause => Why(alarms, cause)!)],
            [.. alarms.Where(one => one.Causes.Contains(id))]);
    }

    private static DerivationView Derivation(AlarmView alarm, BecauseView because, IReadOnlyList<AlarmView> alarms)
    {
        var cause = alarms.First(one => one.Id == alarm.Causes[0]);
        var full = because.Template == "filesystem_full";
        var condition = full
            ? "full [on] filesystem AND service [uses] filesystem"
            : "gone [on] server AND client [connects] server";
        return new DerivationView(because.Template, because.Scenario, condition, alarm.Since,
        [
            new MatchedView(full ? "full" : "gone", "ALARM", cause.Type, cause.Id, cause.Name),
            new MatchedView(
                full ? "filesystem" : "server", "RESOURCE", cause.Resource.Type, cause.Resource.Id,
                cause.Resource.Name),
            new MatchedView(full ? "service" : "client", "RESOURCE", "service", alarm.Resource.Id, alarm.Resource.Name),
        ]);
    }

    private static AlarmView Measured(
        string id, string name, string severity, string type, string resource, DateTimeOffset since, string reason) =>
            new()
    {
        Id = id, Name = name, Severity = severity, State = "alarm", Since = since, Reason = reason,
        Resource = new ResourceView(type, FakeWorld.Id(type, resource), resource),
    };

    private static AlarmView Deduced(
        string id, string name, string severity, string resource, DateTimeOffset since, string template, int scenario,
        string cause, string reason) => new()
    {
        Id = id, Name = name, Type = "vitrage", Severity = severity, State = "alarm", Since = since, Reason = reason,
        Deduced = true,
        Resource = new ResourceView("service", FakeWorld.Id("service", resource), resource),
        Because = [new BecauseView(template, scenario)], Causes = [cause],
    };
}
