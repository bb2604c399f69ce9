namespace Ops.Collectors.Otlp;

/// <summary>How a member of OTLP's JSON stands on the wire.</summary>
internal enum JsonKind
{
    Message,
    Text,
    Varint,
    Signed,
    Fixed64,
    Fixed32,
    SignedFixed64,
    Double,
    PackedFixed64,
    PackedDouble,
    Hex,
    Base64,
    Truth,
}

/// <summary>A member: its number, its kind, and the shape of what it holds.</summary>
internal sealed record JsonMember(int Number, JsonKind Kind, JsonShape? Shape = null);

/// <summary>The members of OTLP's messages by their JSON names, so that JSON can be written as protobuf.</summary>
/// <remarks>Source: opentelemetry-proto 1.x; OTLP specification, "JSON Protobuf Encoding".</remarks>
internal sealed class JsonShape
{
    /// <summary>ExportMetricsServiceRequest.</summary>
    public static readonly JsonShape Metrics;

    /// <summary>ExportLogsServiceRequest.</summary>
    public static readonly JsonShape Logs;

    private readonly Dictionary<string, JsonMember> _members = new(StringComparer.Ordinal);

    static JsonShape()
    {
        var value = new JsonShape();
        var pair = new JsonShape().Text("key", 1).Message("value", 2, value);
        value.Text("stringValue", 1).Add("boolValue", 2, JsonKind.Truth).Add("intValue", 3, JsonKind.Varint)
            .Add("doubleValue", 4, JsonKind.Double).Add("bytesValue", 7, JsonKind.Base64)
            .Message("arrayValue", 5, new JsonShape().Message("values", 1, value))
            .Message("kvlistValue", 6, new JsonShape().Message("values", 1, pair));
        var resource = new JsonShape().Message("attributes", 1, pair);
        var scope = new JsonShape().Text("name", 1).Text("version", 2).Message("attributes", 3, pair);
        Metrics = Request("Metrics", resource, scope, Metric(pair));
        Logs = Request("Logs", resource, scope, Record(pair, value));
    }

    /// <summary>The member of a name; null for one that is not read.</summary>
    public JsonMember? this[string name] => _members.GetValueOrDefault(name);

    private static JsonShape Request(string signal, JsonShape resource, JsonShape scope, JsonShape item)
    {
        var items = signal == "Metrics" ? "metrics" : "logRecords";
        var scopes = new JsonShape().Message("scope", 1, scope).Message(items, 2, item);
        var resources = new JsonShape().Message("resource", 1, resource).Message("scope" + signal, 2, scopes);
        return new JsonShape().Message("resource" + signal, 1, resources);
    }

    private static JsonShape Record(JsonShape pair, JsonShape value) => new JsonShape()
        .Add("timeUnixNano", 1, JsonKind.Fixed64).Add("severityNumber", 2, JsonKind.Varint).Text("severityText", 3)
        .Message("body", 5, value).Message("attributes", 6, pair).Add("traceId", 9, JsonKind.Hex)
        .Add("spanId", 10, JsonKind.Hex).Add("observedTimeUnixNano", 11, JsonKind.Fixed64).Text("eventName", 12);

    private static JsonShape Metric(JsonShape pair)
    {
        var number = Point().Add("asDouble", 4, JsonKind.Double).Add("asInt", 6, JsonKind.SignedFixed64)
            .Message("attributes", 7, pair).Add("flags", 8, JsonKind.Varint);
        var histogram = Point().Add("count", 4, JsonKind.Fixed64).Add("sum", 5, JsonKind.Double)
            .Add("bucketCounts", 6, JsonKind.PackedFixed64).Add("explicitBounds", 7, JsonKind.PackedDouble)
            .Message("attributes", 9, pair).Add("flags", 10, JsonKind.Varint)
            .Add("min", 11, JsonKind.Double).Add("max", 12, JsonKind.Double);
        var exponential = Point().Add("count", 4, JsonKind.Fixed64).Add("sum", 5, JsonKind.Double)
            .Message("attributes", 1, pair).Add("flags", 10, JsonKind.Varint)
            .Add("min", 12, JsonKind.Double).Add("max", 13, JsonKind.Double);
        var quantile = new JsonShape().Add("quantile", 1, JsonKind.Double).Add("value", 2, JsonKind.Double);
        var summary = Point().Add("count", 4, JsonKind.Fixed64).Add("sum", 5, JsonKind.Double)
            .Message("quantileValues", 6, quantile).Message("attributes", 7, pair).Add("flags", 8, JsonKind.Varint);
        return new JsonShape().Text("name", 1).Text("unit", 3)
            .Message("gauge", 5, Points(number)).Message("sum", 7, Points(number).Add("isMonotonic", 3, JsonKind.Truth))
            .Message("histogram", 9, Points(histogram)).Message("exponentialHistogram", 10, Points(exponential))
            .Message("summary", 11, Points(summary));
    }

    private static JsonShape Point() => new JsonShape()
        .Add("startTimeUnixNano", 2, JsonKind.Fixed64).Add("timeUnixNano", 3, JsonKind.Fixed64);

    private static JsonShape Points(JsonShape point) => new JsonShape()
        .Message("dataPoints", 1, point).Add("aggregationTemporality", 2, JsonKind.Varint);

    private JsonShape Text(string name, int number) => Add(name, number, JsonKind.Text);

    private JsonShape Message(string name, int number, JsonShape shape) => Add(name, number, JsonKind.Message, shape);

    private JsonShape Add(string name, int number, JsonKind kind, JsonShape? shape = null)
    {
        _members[name] = new JsonMember(number, kind, shape);
        return this;
    }
}
