namespace Ops.Rca.Templates;

/// <summary>Status codes of template validation, as Vitrage numbers them.</summary>
public static class TemplateStatus
{
    /// <summary>The template is right.</summary>
    public const int Ok = 0;

    /// <summary>A template_id is not a word.</summary>
    public const int BadTemplateId = 1;

    /// <summary>A template_id is defined twice.</summary>
    public const int DuplicateTemplateId = 2;

    /// <summary>A template_id is not defined.</summary>
    public const int UnknownTemplateId = 3;

    /// <summary>Wrong shape, unknown key, or too large.</summary>
    public const int Syntax = 4;

    /// <summary>Not YAML.</summary>
    public const int NotYaml = 5;

    /// <summary>Definitions without entities.</summary>
    public const int NoEntities = 20;

    /// <summary>No definitions.</summary>
    public const int NoDefinitions = 21;

    /// <summary>An entity without template_id.</summary>
    public const int EntityNeedsTemplateId = 41;

    /// <summary>An entity without category.</summary>
    public const int EntityNeedsCategory = 42;

    /// <summary>An empty list of entities.</summary>
    public const int EmptyEntities = 43;

    /// <summary>A category that is neither ALARM nor RESOURCE.</summary>
    public const int BadCategory = 45;

    /// <summary>An item of entities without <c>entity</c>.</summary>
    public const int EntityField = 46;

    /// <summary>A regular expression that cannot be used.</summary>
    public const int BadRegex = 47;

    /// <summary>Metadata without a name.</summary>
    public const int NoName = 60;

    /// <summary>No metadata.</summary>
    public const int NoMetadata = 62;

    /// <summary>A version that is not known.</summary>
    public const int BadVersion = 63;

    /// <summary>No type from version 2 on (in version 3 also a wrong one).</summary>
    public const int NoType = 64;

    /// <summary>A type that is not known.</summary>
    public const int BadType = 65;

    /// <summary>No scenarios.</summary>
    public const int NoScenarios = 80;

    /// <summary>An empty list of scenarios.</summary>
    public const int EmptyScenarios = 81;

    /// <summary>An item of scenarios without <c>scenario</c>.</summary>
    public const int ScenarioField = 82;

    /// <summary>A scenario without condition.</summary>
    public const int NoCondition = 83;

    /// <summary>A scenario without actions.</summary>
    public const int NoActions = 84;

    /// <summary>A condition that cannot be read, or is too large.</summary>
    public const int BadCondition = 85;

    /// <summary>NOT on something that is not a relationship.</summary>
    public const int NotOnEntity = 86;

    /// <summary>A relationship without relationship_type.</summary>
    public const int RelationshipNeedsType = 100;

    /// <summary>An item of relationships without <c>relationship</c>.</summary>
    public const int RelationshipField = 101;

    /// <summary>A relationship without source.</summary>
    public const int RelationshipNeedsSource = 102;

    /// <summary>A relationship without target.</summary>
    public const int RelationshipNeedsTarget = 103;

    /// <summary>A relationship without template_id.</summary>
    public const int RelationshipNeedsTemplateId = 104;

    /// <summary>An action type that is not known.</summary>
    public const int BadActionType = 120;

    /// <summary>An empty list of actions.</summary>
    public const int EmptyActions = 121;

    /// <summary>An item of actions without <c>action</c>.</summary>
    public const int ActionField = 122;

    /// <summary>An action without action_type.</summary>
    public const int NoActionType = 123;

    /// <summary>An action without action_target.</summary>
    public const int NoActionTarget = 124;

    /// <summary>raise_alarm without alarm_name.</summary>
    public const int RaiseAlarmNeedsName = 125;

    /// <summary>raise_alarm without severity.</summary>
    public const int RaiseAlarmNeedsSeverity = 126;

    /// <summary>raise_alarm without target.</summary>
    public const int RaiseAlarmNeedsTarget = 127;

    /// <summary>set_state without state.</summary>
    public const int SetStateNeedsState = 128;

    /// <summary>set_state without target.</summary>
    public const int SetStateNeedsTarget = 129;

    /// <summary>add_causal_relationship without source or target.</summary>
    public const int CauseNeedsEnds = 130;

    /// <summary>mark_down without target.</summary>
    public const int MarkDownNeedsTarget = 131;

    /// <summary>add_causal_relationship between what are not alarms.</summary>
    public const int CauseNeedsAlarms = 132;

    /// <summary>execute_mistral without workflow.</summary>
    public const int NoWorkflow = 133;

    /// <summary>A condition of negations only.</summary>
    public const int OnlyNegative = 134;

    /// <summary>Alternatives that share no entity.</summary>
    public const int NoCommonEntity = 135;

    /// <summary>Workflow input outside <c>input</c>.</summary>
    public const int InputBlock = 136;

    /// <summary>A function in version 1.</summary>
    public const int FunctionsNeedVersion2 = 137;

    /// <summary>A parenthesis that is no function.</summary>
    public const int BrokenFunction = 138;

    /// <summary>An empty list of includes.</summary>
    public const int EmptyIncludes = 140;

    /// <summary>An include without name.</summary>
    public const int IncludeNeedsName = 141;

    /// <summary>An include that is not there.</summary>
    public const int UnknownInclude = 142;

    /// <summary>A definition template with includes or scenarios.</summary>
    public const int DefinitionWithScenarios = 143;

    /// <summary>A parameter in version 1.</summary>
    public const int ParametersNeedVersion2 = 160;

    /// <summary>A parameter that is not declared.</summary>
    public const int UnknownParameter = 161;

    /// <summary>A get_param that cannot be read.</summary>
    public const int MalformedGetParam = 162;

    /// <summary>A parameter without value and default.</summary>
    public const int UnresolvedParameter = 163;

    /// <summary>Version 3 without entities.</summary>
    public const int V3NoEntities = 10000;

    /// <summary>Version 3: an action without target.</summary>
    public const int V3NoTarget = 10100;

    /// <summary>Version 3: a target that is no entity.</summary>
    public const int V3UnknownTarget = 10101;

    /// <summary>Version 3: a cause without source.</summary>
    public const int V3NoSource = 10102;

    /// <summary>Version 3: a source that is no entity.</summary>
    public const int V3UnknownSource = 10103;

    /// <summary>Version 3: raise_alarm without alarm_name.</summary>
    public const int V3NoAlarmName = 10104;

    /// <summary>Version 3: execute_mistral without workflow.</summary>
    public const int V3NoWorkflow = 10105;

    /// <summary>Version 3: a causing_alarm that is no entity.</summary>
    public const int V3UnknownCausingAlarm = 10107;

    /// <summary>Version 3: a condition that names what is no entity.</summary>
    public const int V3UnknownEntity = 10200;

    /// <summary>Templates that could oscillate; ours, Vitrage does not look.</summary>
    public const int Unstratified = 20000;
}
