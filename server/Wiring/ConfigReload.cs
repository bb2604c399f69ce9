using Ops.Model;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>
/// Puts a changed configuration in force: read whole, validated whole, swapped at once; on a fault the old one stays.
/// </summary>
internal sealed class ConfigReload(Rooms rooms, ConfigFolder folder, RoomLog log)
{
    public async Task ApplyAsync(IReadOnlyList<ConfigConcern> changed, CancellationToken cancellationToken)
    {
        foreach (var concern in changed)
        {
            var faults = new ConfigFaults();
            var apply = Prepare(concern, faults);
            if (!faults.None)
            {
                Refuse(concern, faults);
            }
            else if (apply is null)
            {
                log.Say("configuration", $"{concern} changed; that takes a restart");
            }
            else
            {
                await apply(cancellationToken);
                log.Tell("configuration", $"{concern} is in force");
            }
        }
    }

    private Func<CancellationToken, ValueTask>? Prepare(ConfigConcern concern, ConfigFaults faults)
    {
        if (concern == ConfigConcern.Pipeline)
        {
            var pipeline = ConfigDocuments.Pipeline(folder, faults);
            return Now(() => rooms.Pipeline.Reload(pipeline!));
        }

        if (concern == ConfigConcern.EventPipeline)
        {
            var events = ConfigDocuments.EventPipeline(folder, faults);
            return Now(() => rooms.EventPipeline.Reload(events));
        }

        if (concern == ConfigConcern.Polling)
        {
            var polling = ConfigDocuments.Polling(folder, faults);
            return Now(() => rooms.Collectors.Polling.Reload(polling));
        }

        if (concern == ConfigConcern.Datasources)
        {
            return Datasources(faults);
        }

        if (concern == ConfigConcern.EventDefinitions)
        {
            var definitions = ConfigDocuments.EventDefinitions(folder, faults);
            return Now(() => rooms.Collectors.EventConsumer.Reload(definitions));
        }

        if (concern == ConfigConcern.Meters)
        {
            var definitions = ConfigDocuments.MeterDefinitions(folder, faults);
            return Now(() => rooms.Collectors.MeterConsumer.Reload(definitions));
        }

        if (concern == ConfigConcern.Alarms)
        {
            var rules = ConfigDocuments.AlarmRules(folder, faults);
            return token => rooms.Alarms.ReloadAsync(rules, token);
        }

        if (concern == ConfigConcern.Templates)
        {
            rooms.Templates.Reload(faults);
            return Now(() => { });
        }

        if (concern == ConfigConcern.StateValues)
        {
            var values = ConfigDocuments.StateValues(folder, faults);
            return Now(() => rooms.Rca.Use(values));
        }

        if (concern == ConfigConcern.Policies)
        {
            var routes = ConfigDocuments.Routes(folder, faults);
            return Now(() => rooms.Notifier.Reload(routes));
        }

        if (concern == ConfigConcern.Program)
        {
            OpsOptionsReader.Read(folder, faults);
        }

        return null;
    }

    private Func<CancellationToken, ValueTask> Datasources(ConfigFaults faults)
    {
        var hooks = DatasourceFiles.Hooks(folder, faults);
        var meters = DatasourceFiles.SnmpMeters(folder, faults);
        var options = OpsOptionsReader.Read(folder, new ConfigFaults()).Collectors.Datasources;
        var set = DatasourceFiles.Datasources(folder, options, faults);
        return Now(() =>
        {
            rooms.Collectors.Hooks.Reload(hooks);
            rooms.Collectors.Pollsters.Reload(rooms.Collectors.Polling, set, meters);
        });
    }

    private void Refuse(ConfigConcern concern, ConfigFaults faults)
    {
        foreach (var fault in faults.All)
        {
            log.Say("configuration", folder.Secrets.Redact(fault).ToString());
        }

        var count = faults.All.Count;
        log.Say("configuration", $"{concern} has {count} fault{(count == 1 ? "" : "s")}; the old one stays in force");
    }

    private static Func<CancellationToken, ValueTask> Now(Action act) => _ =>
    {
        act();
        return ValueTask.CompletedTask;
    };
}
