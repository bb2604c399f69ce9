using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Reads one datasource of Ops's own kind of file.</summary>
internal sealed class DatasourceReader(DatasourceOptions options, ConfigFaults faults)
{
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);

    public DatasourceDefinition? Read(ConfigNode node)
    {
        var before = faults.All.Count;
        if (!faults.Keys(
            node, "a datasource", "name", "interval", "reach", "entries", "next", "each", "samples", "entities",
            "notifications"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "a datasource");
        var what = $"datasource '{name}'";
        var definition = new DatasourceDefinition
        {
            Name = name,
            Interval = Interval(node, what),
            Listing = new Listing(
                ReadReach(node, what),
                DatasourceNodes.Extract(node, "entries", what, DatasourceNodes.EntryNames, faults),
                DatasourceNodes.Extract(node, "next", what, DatasourceNodes.EntryNames, faults)),
            Each = new SubListingReader(faults).ReadAll(node, what),
            Samples = [.. faults.List(node, "samples", what).Select(item => Sample(item, what))
                .OfType<SampleDefinition>()],
            Entities = new EntityReader(DatasourceNodes.EntryNames, faults).ReadAll(node, what),
            Notifications = [.. faults.List(node, "notifications", what).Select(item => Notification(item, what))
                .OfType<NotificationDefinition>()],
        };
        return faults.All.Count == before ? definition : null;
    }

    private TimeSpan Interval(ConfigNode node, string what)
    {
        var interval = faults.Duration(node, "interval", what) ?? TimeSpan.FromMinutes(1);
        if (interval < IntervalMin)
        {
            faults.Add(node["interval"]!, $"'interval' of {what} must be at least 1s, found "
                + node["interval"]!.Describe());
        }

        return interval;
    }

    private Reach ReadReach(ConfigNode node, string what)
    {
        var reach = node["reach"];
        if (reach is null)
        {
            faults.Add(node, $"{what} needs 'reach'");
            return new Reach();
        }

        var of = $"'reach' of {what}";
        if (!faults.Keys(
            reach, of, "service", "path", "url", "command", "headers", "basic", "timeout", "handlers", "optional"))
        {
            return new Reach();
        }

        var kinds = new[] { "service", "url", "command" }.Where(key => reach[key] is not null).ToList();
        if (kinds.Count != 1)
        {
            faults.Add(reach, $"{of} needs one of service, url and command, found "
                + (kinds.Count == 0 ? "none" : string.Join(" and ", kinds)));
        }

        if (reach["command"] is { } command && !options.AllowHostCommands)
        {
            faults.Add(command, $"'command' of {of} is not allowed: set allow_host_commands to run programs");
        }

        var path = reach["url"] is not null ? Address(reach, of) : faults.Text(reach, "path", of) ?? "/";
        return new Reach
        {
            Service = faults.Text(reach, "service", of),
            Path = path,
            Command = DatasourceNodes.Words(reach, "command", of, faults),
            Headers = DatasourceNodes.Texts(reach, "headers", of, faults),
            Basic = Basic(reach, of),
            Timeout = faults.Duration(reach, "timeout", of) ?? TimeSpan.FromSeconds(30),
            Handlers = Handlers(reach, "handlers", of, faults),
            IsOptional = faults.Bool(reach, "optional", of) ?? false,
        };
    }

    /// <summary>The handlers of answers; default JSON.</summary>
    public static IReadOnlyList<string> Handlers(ConfigNode node, string key, string what, ConfigFaults faults)
    {
        var words = DatasourceNodes.Words(node, key, what, faults);
        if (words.Any(word => word is not ("json" or "xml" or "text")))
        {
            faults.Add(node[key]!, $"'{key}' of {what} must be a list of json, xml and text, found "
                + string.Join(", ", words));
        }

        return words.Count == 0 ? ["json"] : words;
    }

    private string Address(ConfigNode reach, string what)
    {
        var text = faults.Text(reach, "url", what) ?? "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(reach["url"]!, $"'url' of {what} must be an http or https address, found '{text}'");
        }

        return text;
    }

    private (string, string)? Basic(ConfigNode reach, string what)
    {
        if (reach["basic"] is not { } basic)
        {
            return null;
        }

        faults.Keys(basic, $"'basic' of {what}", "user", "password");
        return (faults.RequiredText(basic, "user", $"'basic' of {what}"),
            faults.RequiredText(basic, "password", $"'basic' of {what}"));
    }

    private SampleDefinition? Sample(ConfigNode node, string what)
    {
        var of = $"a sample of {what}";
        if (!faults.Keys(
            node, of, "meter", "type", "unit", "volume", "values", "other_value", "resource_id", "resource_name",
            "resource_type", "project_id", "user_id", "metadata", "when"))
        {
            return null;
        }

        var names = DatasourceNodes.EntryNames;
        var meter = faults.RequiredText(node, "meter", of);
        if (!MeterKinds.TryParse(faults.Text(node, "type", of) ?? "gauge", out var kind))
        {
            faults.NotOneOf(node["type"]!, $"'type' of {of}", ["gauge", "delta", "cumulative"]);
        }

        var volume = DatasourceNodes.Required(node, "volume", of, names, faults);
        var resource = DatasourceNodes.Required(node, "resource_id", of, names, faults);
        return volume is null || resource is null ? null : new SampleDefinition
        {
            Meter = meter,
            Kind = kind,
            Unit = faults.Text(node, "unit", of) ?? "",
            Volume = volume,
            Values = Values(node, of),
            OtherValue = faults.Number(node, "other_value", of),
            ResourceId = resource,
            ResourceName = DatasourceNodes.Extract(node, "resource_name", of, names, faults),
            ResourceType = faults.Text(node, "resource_type", of),
            ProjectId = DatasourceNodes.Extract(node, "project_id", of, names, faults),
            UserId = DatasourceNodes.Extract(node, "user_id", of, names, faults),
            Metadata = DatasourceNodes.Extracts(node, "metadata", of, names, faults),
            When = DatasourceNodes.Extract(node, "when", of, names, faults),
        };
    }

    private Dictionary<string, double> Values(ConfigNode node, string what)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var member in node["values"]?.Members ?? [])
        {
            values[member.Key] = faults.Number(node["values"]!, member.Key, $"'values' of {what}") ?? 0;
        }

        return values;
    }

    private NotificationDefinition? Notification(ConfigNode node, string what)
    {
        var of = $"a notification of {what}";
        if (!faults.Keys(node, of, "event_type", "entry", "entities"))
        {
            return null;
        }

        var types = DatasourceNodes.Words(node, "event_type", of, faults);
        if (types.Count == 0)
        {
            faults.Add(node, $"{of} needs 'event_type'");
        }

        return new NotificationDefinition(
            types,
            DatasourceNodes.Extract(node, "entry", of, DatasourceNodes.NotificationNames, faults),
            new EntityReader(DatasourceNodes.NotificationNames, faults).ReadAll(node, of));
    }
}
