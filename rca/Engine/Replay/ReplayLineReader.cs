using System.Text;
using System.Text.Json;
using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Replay;

/// <summary>Reads a line of a replay's input without going through a document.</summary>
internal sealed class ReplayLineReader(EntityGraph graph)
{
    private static readonly string[] LineKeys =
    [
        "entity", "alarm", "relation", "delete", "unrelate", "relations", "template_add", "template_delete", "advance",
        "mark", "at",
    ];

    private readonly Utf8Strings _strings = new();
    private readonly VertexNameReader _names = new(graph);

    /// <summary>Reads a line.</summary>
    /// <exception cref="ReplayFormatException">It is not JSON, or says what is not allowed.</exception>
    public void Read(ReadOnlySpan<byte> utf8, ReplayLine line)
    {
        line.Clear();
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new ReplayFormatException($"must be a JSON object, found {Describe(reader)}");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader, line);
            }

            reader.Read();
        }
        catch (JsonException fault)
        {
            throw new ReplayFormatException($"not valid JSON at byte {fault.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            throw new ReplayFormatException("holds text that is not Unicode, such as half of a surrogate pair");
        }

        if (line.Kind == ReplayLineKind.None)
        {
            throw new ReplayFormatException("says none of entity, alarm, relation, delete, unrelate, template_add, "
                + "template_delete, advance, mark");
        }

        if (line.Report.Relations.Count > 0 && line.Kind != ReplayLineKind.Entity)
        {
            throw new ReplayFormatException("'relations' belong to an entity");
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, ReplayLine line)
    {
        if (reader.ValueTextEquals("entity"u8))
        {
            Become(line, ReplayLineKind.Entity);
            ReadReport(ref reader, line.Report, isAlarm: false);
        }
        else if (reader.ValueTextEquals("alarm"u8))
        {
            Become(line, ReplayLineKind.Alarm);
            ReadReport(ref reader, line.Report, isAlarm: true);
        }
        else if (reader.ValueTextEquals("relations"u8))
        {
            ReadRelations(ref reader, line.Report);
        }
        else if (reader.ValueTextEquals("at"u8))
        {
            line.Report.AtTicks = ReadTime(ref reader);
            line.HasAt = true;
        }
        else if (reader.ValueTextEquals("delete"u8))
        {
            Become(line, ReplayLineKind.Delete);
            line.From = _names.Read(ref reader, "'delete'", _strings);
        }
        else if (reader.ValueTextEquals("relation"u8) || reader.ValueTextEquals("unrelate"u8))
        {
            var removes = reader.ValueTextEquals("unrelate"u8);
            Become(line, removes ? ReplayLineKind.Unrelate : ReplayLineKind.Relation);
            ReadRelation(ref reader, line, removes ? "'unrelate'" : "'relation'");
        }
        else
        {
            ReadText(ref reader, line);
        }
    }

    private static void Become(ReplayLine line, ReplayLineKind kind)
    {
        if (line.Kind != ReplayLineKind.None)
        {
            throw new ReplayFormatException("says two things at once: "
                + $"{Word(line.Kind)} and {Word(kind)}");
        }

        line.Kind = kind;
    }

    private static string Word(ReplayLineKind kind) => kind switch
    {
        ReplayLineKind.TemplateAdd => "template_add",
        ReplayLineKind.TemplateDelete => "template_delete",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private void ReadText(ref Utf8JsonReader reader, ReplayLine line)
    {
        var key = reader.GetString()!;
        var kind = key switch
        {
            "template_add" => ReplayLineKind.TemplateAdd,
            "template_delete" => ReplayLineKind.TemplateDelete,
            "advance" => ReplayLineKind.Advance,
            "mark" => ReplayLineKind.Mark,
            _ => throw new ReplayFormatException(
                $"unknown key '{key}'; allowed: {string.Join(", ", LineKeys)}{NearestName.Hint(key, LineKeys)}"),
        };
        Become(line, kind);
        reader.Read();
        line.Text = Text(reader, $"'{key}'", _strings);
    }

    private void ReadReport(ref Utf8JsonReader reader, EntityReport report, bool isAlarm)
    {
        var what = isAlarm ? "'alarm'" : "'entity'";
        Open(ref reader, what);
        string? category = null, type = null, id = null;
        var resource = default(VertexName);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = Value(ref reader, "'type'");
            }
            else if (reader.ValueTextEquals("category"u8))
            {
                category = Value(ref reader, "'category'");
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                report.HasName = true;
                report.Name = reader.TokenType == JsonTokenType.Null ? null : Text(reader, "'name'", _strings);
            }
            else if (!isAlarm && reader.ValueTextEquals("id"u8))
            {
                id = Value(ref reader, "'id'");
            }
            else if (isAlarm && reader.ValueTextEquals("resource"u8))
            {
                resource = _names.Read(ref reader, "'resource' of 'alarm'", _strings);
            }
            else if (reader.ValueTextEquals(isAlarm ? "severity"u8 : "state"u8))
            {
                reader.Read();
                report.HasSaid = true;
                report.Said = reader.TokenType == JsonTokenType.Null
                    ? null
                    : Text(reader, isAlarm ? "'severity'" : "'state'", _strings);
            }
            else
            {
                ReadOther(ref reader, report);
            }
        }

        report.Entity = isAlarm ? AlarmName(report, type, resource) : EntityName(category, type, id);
    }

    private VertexName EntityName(string? category, string? type, string? id)
    {
        VertexNameReader.CheckCategory(category, "'entity'");
        return new VertexName(
            graph.Kinds.Of(category ?? Kinds.Resource, VertexNameReader.Need(type, "'entity'", "type")),
            VertexNameReader.Need(id, "'entity'", "id"));
    }

    private VertexName AlarmName(EntityReport report, string? type, VertexName resource)
    {
        if (resource.Id is null)
        {
            throw new ReplayFormatException("'alarm' needs 'resource'");
        }

        if (!report.HasSaid || report.Said is null)
        {
            throw new ReplayFormatException("'alarm' needs 'severity'");
        }

        return new VertexName(
            graph.Kinds.Of(Kinds.Alarm, VertexNameReader.Need(type, "'alarm'", "type")),
            VertexNameReader.Need(report.Name, "'alarm'", "name"), resource.Kind, resource.Id);
    }

    private void ReadOther(ref Utf8JsonReader reader, EntityReport report)
    {
        var property = graph.Properties.Of(
            reader.ValueIsEscaped ? reader.GetString()! : _strings.Of(reader.ValueSpan));
        reader.Read();
        report.Others.Add(KeyValuePair.Create<int, object?>(property, reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => Text(reader, "", _strings),
            JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
            _ => Raw(ref reader),
        }));
    }

    private void ReadRelations(ref Utf8JsonReader reader, EntityReport report)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ReplayFormatException($"'relations' must be a list, found {Describe(reader)}");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (label, from, to) = ReadEnds(ref reader, "a relation");
            if (from.Id is null == to.Id is null)
            {
                throw new ReplayFormatException("a relation of an entity needs either 'from' or 'to'");
            }

            var neighbour = from.Id is null ? to : from;
            report.Relations.Add(new ReportedRelation(graph.Labels.Of(label), from.Id is null, neighbour));
        }
    }

    private void ReadRelation(ref Utf8JsonReader reader, ReplayLine line, string what)
    {
        reader.Read();
        var (label, from, to) = ReadEnds(ref reader, what);
        if (from.Id is null || to.Id is null)
        {
            throw new ReplayFormatException($"{what} needs '{(from.Id is null ? "from" : "to")}'");
        }

        (line.Label, line.From, line.To) = (graph.Labels.Of(label), from, to);
    }

    private (string Label, VertexName From, VertexName To) ReadEnds(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ReplayFormatException($"{what} must be an object, found {Describe(reader)}");
        }

        string? label = null;
        VertexName from = default, to = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("label"u8))
            {
                label = Value(ref reader, "'label'");
            }
            else if (reader.ValueTextEquals("from"u8))
            {
                from = _names.Read(ref reader, "'from'", _strings);
            }
            else if (reader.ValueTextEquals("to"u8))
            {
                to = _names.Read(ref reader, "'to'", _strings);
            }
            else
            {
                throw new ReplayFormatException(
                    $"unknown key '{reader.GetString()}' in {what}; allowed: label, from, to");
            }
        }

        return (VertexNameReader.Need(label, what, "label"), from, to);
    }

    private static long ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && Timestamps.TryParseIso(reader.GetString(), out var at))
        {
            return at.UtcTicks;
        }

        throw new ReplayFormatException($"'at' must be an ISO 8601 time, found {Describe(reader)}");
    }

    private string Value(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return Text(reader, what, _strings);
    }

    internal static string Text(in Utf8JsonReader reader, string what, Utf8Strings strings)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new ReplayFormatException($"{what} must be text, found {Describe(reader)}");
        }

        return reader.ValueIsEscaped ? reader.GetString()! : strings.Of(reader.ValueSpan);
    }

    internal static void Open(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ReplayFormatException($"{what} must be an object, found {Describe(reader)}");
        }
    }

    internal static string Describe(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"'{reader.GetString()}'",
        _ => $"'{Encoding.UTF8.GetString(reader.ValueSpan)}'",
    };

    private static string Raw(ref Utf8JsonReader reader)
    {
        using var nested = JsonDocument.ParseValue(ref reader);
        return nested.RootElement.GetRawText();
    }
}
