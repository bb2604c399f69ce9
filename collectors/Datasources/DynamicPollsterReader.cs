using System.Text.RegularExpressions;
using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Reads dynamic pollsters as Ceilometer's files write them.</summary>
internal sealed partial class DynamicPollsterReader(DatasourceOptions options, ConfigFaults faults)
{
    private static readonly string[] Keys =
    [
        "name", "sample_type", "unit", "value_attribute", "endpoint_type", "url_path", "metadata_fields",
        "skip_sample_values", "value_mapping", "default_value", "metadata_mapping", "preserve_mapped_metadata",
        "response_entries_key", "next_sample_url_attribute", "user_id_attribute", "resource_id_attribute",
        "project_id_attribute", "headers", "timeout", "extra_metadata_fields_cache_seconds", "extra_metadata_fields",
        "extra_metadata_fields_skip", "response_handlers", "base_metadata", "namespaces", "module",
        "authentication_object", "authentication_parameters", "barbican_secret_id", "host_command", "value",
    ];

    private static readonly string[] PathNames =
        ["sample", "extra_metadata_captured", "extra_metadata_by_name"];

    /// <summary>Reads one; null after a fault.</summary>
    public DynamicPollsterDefinition? Read(ConfigNode node) => Read(node, null);

    private DynamicPollsterDefinition? Read(ConfigNode node, ConfigNode? parent)
    {
        var before = faults.All.Count;
        if (!faults.Keys(node, "a dynamic pollster", Keys))
        {
            return null;
        }

        var name = faults.Text(node, "name", "a dynamic pollster") ?? "";
        var what = $"dynamic pollster '{name}'";
        Required(node, parent, what);
        var kind = Kind(node, parent, what);
        var (listKey, value) = Value(node, parent, name, what);
        var reach = ReadReach(node, what);
        if (value is null || faults.All.Count > before)
        {
            return null;
        }

        var path = reach.Command.Count > 0 ? node["host_command"] : node["url_path"];
        var expression = parent is null && path is not { Text: ['\'' or '"', ..] } ? null : PathOf(path!);
        if (expression is not null && reach.Command.Count > 0)
        {
            faults.Add(path!, $"'host_command' of {what} must be plain text: values of samples are not put into a "
                + "shell's command; use 'url_path' with 'endpoint_type' for what depends on the sample");
        }

        var definition = new DynamicPollsterDefinition
        {
            Name = name,
            Kind = kind,
            Unit = node["unit"]?.Text ?? parent?["unit"]?.Text ?? "",
            Value = value,
            ListKey = listKey,
            NameKey = listKey is null ? null : ValidName().Match(name).Groups["attribute"].Value,
            Listing = new Listing(
                reach, Attribute(node, "response_entries_key", what),
                Attribute(node, "next_sample_url_attribute", what)),
            PathExpression = expression,
            Metadata = DatasourceNodes.Extracts(node, "metadata_fields", what, [], faults),
            MetadataMapping = DatasourceNodes.Texts(node, "metadata_mapping", what, faults),
            PreservesMapped = faults.Bool(node, "preserve_mapped_metadata", what) ?? true,
            SkipValues = [.. (node["skip_sample_values"]?.Items ?? []).Select(DatasourceNodes.Plain)],
            ValueMapping = (node["value_mapping"]?.Members ?? [])
                .ToDictionary(member => member.Key, member => DatasourceNodes.Plain(member.Value)),
            DefaultValue = node["default_value"] is { } other ? DatasourceNodes.Plain(other) : -1L,
            UserId = Attribute(node, "user_id_attribute", what),
            ProjectId = Attribute(node, "project_id_attribute", what),
            ResourceId = Attribute(node, "resource_id_attribute", what),
            ExtraMetadata = Extra(node),
            ExtraMetadataCache = TimeSpan.FromSeconds(
                faults.Number(node, "extra_metadata_fields_cache_seconds", what, 0, 31_536_000)
                ?? faults.Number(parent ?? node, "extra_metadata_fields_cache_seconds", what, 0, 31_536_000) ?? 3600),
            ExtraMetadataSkip = [.. (node["extra_metadata_fields_skip"]?.Items ?? [])
                .Where(item => item.Members.Count > 0).Select(Members)],
            Parameters = Members(node["base_metadata"]),
        };
        return faults.All.Count == before ? definition : null;
    }

    private MeterKind Kind(ConfigNode node, ConfigNode? parent, string what)
    {
        if (node["name"] is { Text.Length: > 0 } name && !ValidName().IsMatch(name.Text))
        {
            faults.Add(name, $"'name' of {what} must be words with dots between and at most one {{attribute}} "
                + "at the end");
        }

        var kindNode = node["sample_type"] ?? parent?["sample_type"];
        if (!MeterKinds.TryParse(kindNode?.Text ?? "gauge", out var kind))
        {
            faults.NotOneOf(kindNode!, $"'sample_type' of {what}", ["gauge", "delta", "cumulative"]);
        }

        return kind;
    }

    /// <summary>What a pollster must say; an extra metadata field takes kind, unit and value from its pollster.
    /// </summary>
    private void Required(ConfigNode node, ConfigNode? parent, string what)
    {
        var isHost = node["host_command"] is not null;
        var isForeign = node["module"] is not null;
        string[] needed = parent is not null ? ["name"] : ["name", "sample_type", "unit", "value_attribute"];
        string[] more = isHost ? []
            : node["module"]?.Text == "none" ? ["url_path"]
            : isForeign ? ["url_path", "authentication_object"]
            : ["endpoint_type", "url_path"];
        var missing = needed.Concat(more).Where(key => node[key] is null or { IsNull: true }).ToList();
        if (missing.Count > 0)
        {
            faults.Add(node, $"{what}: required fields {string.Join(", ", missing)} not specified");
        }

        if (isForeign && node["endpoint_type"] is { } endpoint)
        {
            faults.Add(endpoint, $"'endpoint_type' of {what} does not go with 'module'");
        }
    }

    private (string? ListKey, Extract? Value) Value(ConfigNode node, ConfigNode? parent, string name, string what)
    {
        var value = node["value_attribute"] ?? node["value"] ?? parent?["value_attribute"];
        if (value is null)
        {
            return (null, null);
        }

        if (!name.EndsWith('}'))
        {
            return (null, Extract.Read(value, $"'value_attribute' of {what}", [], faults));
        }

        var parts = ListValue().Match(value.Text ?? "");
        if (!parts.Success)
        {
            faults.Add(value, $"'value_attribute' of {what} must be [list].field, since its name ends in an attribute"
                + $"; found {value.Describe()}");
            return (null, null);
        }

        var field = ConfigNode.Scalar(parts.Groups["field"].Value, false, value.File, value.Line, value.Column);
        return (parts.Groups["list"].Value, Extract.Read(field, $"'value_attribute' of {what}", [], faults));
    }

    private Reach ReadReach(ConfigNode node, string what)
    {
        var timeout = faults.Number(node, "timeout", what, 0.1, 3600) ?? 30;
        var reach = new Reach
        {
            Headers = DatasourceNodes.Texts(node, "headers", what, faults),
            Timeout = TimeSpan.FromSeconds(timeout),
            Handlers = DatasourceReader.Handlers(node, "response_handlers", what, faults),
            Path = node["url_path"]?.Text ?? "",
        };
        if (node["host_command"] is { } command)
        {
            if (!options.AllowHostCommands)
            {
                faults.Add(command, $"'host_command' of {what} is not allowed: set allow_host_commands to run "
                    + "programs");
            }

            return reach with { Command = ["/bin/sh", "-c", command.Text ?? ""] };
        }

        return node["module"] is { } module
            ? Foreign(node, module, reach, what)
            : reach with { Service = node["endpoint_type"]?.Text };
    }

    /// <summary>Python's own means to log in cannot run here; those with a plain HTTP meaning are taken.</summary>
    private Reach Foreign(ConfigNode node, ConfigNode module, Reach reach, string what)
    {
        if (!Uri.TryCreate(reach.Path, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(
                node["url_path"] ?? node, $"'url_path' of {what} must be a whole address, since it has a 'module'");
        }

        var means = node["authentication_object"]?.Text;
        var given = (node["authentication_parameters"]?.Text ?? "").Split(',', StringSplitOptions.TrimEntries);
        switch (module.Text, means)
        {
            case ("requests.auth" or "requests", "HTTPBasicAuth") when given.Length == 2:
                return reach with { Basic = (given[0], given[1]) };
            case ("none", _):
                return reach;
            default:
                faults.Add(module, $"'module' of {what} is Python code that cannot be loaded here: use module "
                    + "'requests.auth' with authentication_object 'HTTPBasicAuth' and "
                    + "authentication_parameters 'user,password', or module 'none' with 'headers' that hold a token");
                return reach;
        }
    }

    private Extract? Attribute(ConfigNode node, string key, string what) =>
        DatasourceNodes.Extract(node, key, what, [], faults);

    /// <summary>A path is an expression where it can be read as one, as Ceilometer evaluates it; else plain text.
    /// </summary>
    private static Extract? PathOf(ConfigNode path)
    {
        var expression = ConfigNode.Scalar("=" + path.Text, false, path.File, path.Line, path.Column);
        return Extract.Read(expression, "", PathNames, new ConfigFaults());
    }

    private List<DynamicPollsterDefinition> Extra(ConfigNode node)
    {
        var extra = node["extra_metadata_fields"];
        IReadOnlyList<ConfigNode> items = extra is null ? []
            : extra.Kind == ConfigNodeKind.Mapping ? [extra] : extra.Items;
        return [.. items.Select(item => Read(item, node)).OfType<DynamicPollsterDefinition>()];
    }

    private static Dictionary<string, object?> Members(ConfigNode? node) => (node?.Members ?? [])
        .ToDictionary(member => member.Key, member => DatasourceNodes.Plain(member.Value));

    [GeneratedRegex(@"^[\w-]+(\.[\w-]+)*(\.\{(?<attribute>[\w-]+)\})?$")]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^\[(?<list>\w+)\]\.(?<field>\w+(\.\w+)*)$")]
    private static partial Regex ListValue();
}
