using Ops.Model;
using Ops.Rca.Templates;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Rca.Templates;

/// <summary>Template files in tests: parsed as the server does, named t0.yaml, t1.yaml, …</summary>
internal static class TemplateFiles
{
    /// <summary>A right version 3 template.</summary>
    public const string V3 =
        """
        metadata: {version: 3, name: full disk, type: standard, description: what a full disk does}
        parameters: {kind: {default: zabbix}}
        entities:
          alarm: {category: ALARM, type: get_param(kind), name.regex: "^disk .* full"}
          pause: {category: ALARM, type: doctor, name: maintenance}
          host: {category: RESOURCE, type: nova.host}
          vm: {category: RESOURCE, type: nova.instance}
        scenarios:
          - condition: alarm [on] host AND NOT pause [on] host
            actions:
              - execute_mistral: {workflow: clean, input: {host: "get_attr(host, name)"}}
              - mark_down: {target: host}
          - condition: alarm [on] host AND host [contains] vm
            actions:
              - raise_alarm: {target: vm, alarm_name: slow, severity: WARNING, causing_alarm: alarm}
              - set_state: {target: vm, state: ERROR}
              - add_causal_relationship: {source: alarm, target: pause}
        """;

    /// <summary>A right version 2 template that includes <see cref="Definitions"/>.</summary>
    public const string V2 =
        """
        metadata: {version: 2, name: full disk, type: standard}
        parameters: {kind: {default: zabbix}}
        includes: [{name: shared}]
        definitions:
          entities:
            - entity: {category: ALARM, type: get_param(kind), name.regex: "^disk .* full", template_id: alarm}
            - entity: {category: ALARM, type: doctor, name: maintenance, template_id: pause}
          relationships:
            - relationship: {source: alarm, target: host, relationship_type: on, template_id: alarm_on_host}
            - relationship: {source: pause, target: host, relationship_type: on, template_id: pause_on_host}
        scenarios:
          - scenario:
              condition: alarm_on_host and not pause_on_host
              actions:
                - action:
                    action_type: execute_mistral
                    properties: {workflow: clean, input: {host: "get_attr(host, name)"}}
                - action: {action_type: mark_down, action_target: {target: host}}
          - scenario:
              condition: (alarm_on_host or pause_on_host) and host_contains_vm
              actions:
                - action:
                    {action_type: raise_alarm,
                     properties: {alarm_name: slow, severity: WARNING}, action_target: {target: vm}}
                - action: {action_type: set_state, properties: {state: ERROR}, action_target: {target: vm}}
                - action: {action_type: add_causal_relationship, action_target: {source: alarm, target: pause}}
        """;

    /// <summary>A definition template.</summary>
    public const string Definitions =
        """
        metadata: {version: 2, name: shared, type: definition}
        definitions:
          entities:
            - entity: {category: RESOURCE, type: nova.host, template_id: host}
            - entity: {category: RESOURCE, type: nova.instance, template_id: vm}
          relationships:
            - relationship: {source: host, target: vm, relationship_type: contains, template_id: host_contains_vm}
        """;

    /// <summary>A right version 1 template.</summary>
    public const string V1 =
        """
        metadata: {name: full disk}
        definitions:
          entities:
            - entity: {category: ALARM, type: zabbix, template_id: alarm}
            - entity: {category: RESOURCE, type: nova.host, template_id: host}
          relationships:
            - relationship: {source: alarm, target: host, relationship_type: on, template_id: alarm_on_host}
        scenarios:
          - scenario:
              condition: alarm_on_host
              actions:
                - action: {action_type: execute_mistral, properties: {workflow: clean, host: h1}}
                - action: {action_type: set_state, properties: {state: ERROR}, action_target: {target: host}}
        """;

    /// <summary>The folder that holds Ops.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads texts as one set.</summary>
    public static TemplateSet Read(params string[] texts) => Read(null, texts);

    /// <summary>Reads texts as one set with parameters.</summary>
    public static TemplateSet Read(
        Dictionary<string, string>? parameters, string[] texts, TemplateSetCheck? check = null) =>
        TemplateSetReader.Read([.. texts.Select((text, index) => Parse(text, $"t{index}.yaml"))], parameters, check);

    /// <summary>Reads one right template.</summary>
    public static Template One(params string[] texts)
    {
        var set = Read(texts);
        Assert.Equal([], set.Faults.Select(fault => fault.ToString()));
        return set.Templates[0];
    }

    /// <summary>The code, place and message of a wrong template's first fault.</summary>
    public static string First(params string[] texts)
    {
        var result = Read(texts).Files[0];
        return $"{result.Code} {result.Line}:{result.Column} {result.Message}";
    }

    /// <summary>A condition in a version 3 template with alarms a and c, and resources b and d.</summary>
    public static string WithCondition(string condition) =>
        $$$"""
        metadata: {version: 3, name: n, type: standard}
        entities:
          a: {category: ALARM, name: a}
          b: {category: RESOURCE, type: b}
          c: {category: ALARM, name: c}
          d: {category: RESOURCE, type: d}
        scenarios:
          - condition: "{{{condition}}}"
            actions: [{mark_down: {target: b}}]
        """;

    /// <summary>
    /// A condition in a version 2 template with alarms a and c, resource b, and relationships ab and cb.
    /// </summary>
    public static string WithOldCondition(string condition) =>
        $$$"""
        metadata: {version: 2, name: n, type: standard}
        definitions:
          entities:
            - entity: {category: ALARM, name: a, template_id: a}
            - entity: {category: RESOURCE, type: b, template_id: b}
            - entity: {category: ALARM, name: c, template_id: c}
          relationships:
            - relationship: {source: a, target: b, relationship_type: on, template_id: ab}
            - relationship: {source: c, target: b, relationship_type: on, template_id: cb}
        scenarios:
          - scenario:
              condition: "{{{condition}}}"
              actions: [{action: {action_type: mark_down, action_target: {target: b} } }]
        """;

    /// <summary>A clause as people write it; <c>!</c> is NOT.</summary>
    public static string Show(Clause clause) => string.Join(" & ", clause.Entities
        .Where(entity => entity.IsNamedAlone)
        .Select(entity => entity.Id)
        .Concat(clause.Relations.Select(relation =>
            $"{(relation.Negated ? "!" : "")}{clause.Entities[relation.Source].Id} {relation.Label} "
            + clause.Entities[relation.Target].Id)));

    /// <summary>Parses as the server does.</summary>
    public static TemplateDocument Parse(string text, string file)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(text, file, faults);
        return new TemplateDocument(file, root, [.. faults.All]);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ops.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Ops.sln was not found");
        }

        return folder.FullName;
    }
}
