using System.Text;
using System.Text.Json;
using Ops.Model;
using Ops.Rca.Replay;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Rca;

/// <summary>Reads templates as users write them, and replays lines over them.</summary>
internal static class Rig
{
    public static readonly StateValueSet Values = ReadValues();

    public static IReadOnlyList<Template> Templates(params string[] yaml)
    {
        var set = TemplateSetReader.Read([.. yaml.Select((text, index) => Document(text, $"t{index}.yaml"))]);
        Assert.Equal("", string.Join('\n', set.Faults));
        return set.Templates;
    }

    /// <summary>A v3 template: entities as YAML flow, then scenarios as (condition, actions).</summary>
    public static string V3(string name, string entities, params (string Condition, string Actions)[] scenarios)
    {
        var text = new StringBuilder($"metadata: {{version: 3, name: {name}, type: standard}}\nentities:\n");
        foreach (var line in entities.Split(
            '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append($"  {line}\n");
        }

        text.Append("scenarios:\n");
        foreach (var (condition, actions) in scenarios)
        {
            text.Append($"  - condition: {condition}\n    actions: [{actions}]\n");
        }

        return text.ToString();
    }

    public static (RcaReplayResult Result, string[] Lines) Run(
        IReadOnlyList<Template> templates, IEnumerable<string> lines, bool final = false,
        Func<string, TemplateFile>? files = null)
    {
        var replay = new RcaReplay(new RcaReplayOptions
        {
            Templates = templates,
            StateValues = Values,
            Final = final,
            ReadTemplate = files ?? (file => new TemplateFile([], $"no file {file}")),
        });
        using var output = new MemoryStream();
        var result = replay.Run(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), output);
        return (result, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The changes of each line that has any, as short texts, sorted within the line.</summary>
    public static string[] Changes(IReadOnlyList<Template> templates, params string[] lines)
    {
        var (result, output) = Run(templates, lines);
        Assert.Equal((0, null), (result.ExitCode, result.Error));
        return [.. output.Select(Short)];
    }

    public static string Host(string id, string state = "available", string? at = null) =>
        "{'entity':{'type':'nova.host','id':'#','name':'#','state':'$'}@}".Fill(id, state, at);

    public static string Vm(string id, string host, string? at = null) =>
        ("{'entity':{'type':'nova.instance','id':'#','name':'#','state':'ACTIVE'},"
            + "'relations':[{'label':'contains','from':{'type':'nova.host','id':'$'}}]@}").Fill(id, host, at);

    public static string Service(string id) => "{'entity':{'type':'service','id':'#','state':'ACTIVE'}}".Fill(id);

    public static string Link(string from, string label, string to) =>
        $"{{'relation':{{'label':'{label}','from':{{'type':'service','id':'#'}},'to':{{'type':'service','id':'$'}}}}}}"
            .Fill(from, to);

    public static string Alarm(
        string name, string resource, string severity = "WARNING", string type = "nova.host", string? at = null) =>
        ($"{{'alarm':{{'type':'nagios','name':'#','severity':'{severity}',"
            + $"'resource':{{'type':'{type}','id':'$'}}}}@}}").Fill(name, resource, at);

    public static string Clear(string name, string resource, string type = "nova.host", string? at = null) =>
        Alarm(name, resource, "OK", type, at);

    public static TemplateDocument Document(string yaml, string file)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(yaml, file, faults);
        return new TemplateDocument(file, root, [.. faults.All]);
    }

    private static string Fill(this string form, string first, string second = "", string? at = null) => form
        .Replace("@", at is null ? "" : $",'at':'{at}'").Replace('\'', '"').Replace("#", first).Replace("$", second);

    private static string Short(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var seq = root.GetProperty("seq").GetInt64();
        if (!root.TryGetProperty("changes", out var changes))
        {
            return $"{seq}: {root}";
        }

        var texts = changes.EnumerateArray().Select(Change).Order(StringComparer.Ordinal);
        return $"{seq}: {string.Join("; ", texts)}";
    }

    private static string Change(JsonElement change) => change.GetProperty("do").GetString() switch
    {
        "raise_alarm" => $"+{Text(change, "name")} {Text(change, "severity")} on {Resource(change)}"
            + $" ({string.Join(",", change.GetProperty("because").EnumerateArray()
                .Select(it => $"{Text(it, "template")}/{it.GetProperty("scenario")}"))})",
        "clear_alarm" => $"-{Text(change, "name")} {Text(change, "severity")} on {Resource(change)}",
        "change_severity" =>
            $"~{Text(change, "name")} on {Resource(change)} {Text(change, "from")}>{Text(change, "to")}",
        "set_state" => $"{Resource(change)} is {Text(change, "state")}/{Text(change, "operational")}",
        "mark_down" => $"{Resource(change)} down",
        "mark_up" => $"{Resource(change)} up",
        "add_cause" => $"+cause {Ends(change)}",
        "remove_cause" => $"-cause {Ends(change)}",
        _ => $"run {Text(change, "workflow")} {change.GetProperty("input")} for {Resource(change)}",
    };

    private static string Ends(JsonElement change) =>
        $"{End(change.GetProperty("cause"))}>{End(change.GetProperty("effect"))}";

    private static string End(JsonElement alarm) => $"{Text(alarm, "name")}@{Resource(alarm)}";

    private static string Resource(JsonElement element) =>
        element.GetProperty("resource").GetProperty("id").GetString()!;

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();

    private static StateValueSet ReadValues()
    {
        var faults = new ConfigFaults();
        var tables = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "etc", "state-values"), "*.yaml")
            .Select(file => StateValuesReader.Read(
                YamlReader.ReadFile(file, faults)!, Path.GetFileNameWithoutExtension(file), faults)!)
            .ToList();
        Assert.Equal("", string.Join('\n', faults.All));
        return new StateValueSet(tables);
    }
}
