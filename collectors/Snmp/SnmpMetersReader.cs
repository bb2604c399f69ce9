using Ops.Collectors.Snmp.Meters;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp;

/// <summary>Reads declared meters: files of <c>datasources/snmp</c>.</summary>
/// <remarks>
/// <code>
/// meters:
///   - name: switch.temperature
///     type: gauge | delta | cumulative
///     unit: C
///     oid: OBJECT            # a plain object; or a list, of which the first is taken that the agent has
///     column: COLUMN         # instead of it: a column of a table, each row a sample; or a list
///     oids: {NAME: OBJECT}   # instead of both, with value; or columns: {NAME: COLUMN}
///     value: 100 * used / total
///     scale: 0.1
///     metadata: {NAME: COLUMN | {oid: COLUMN, as: text | number | hex, scale: 1}}
///     resource: NAME         # the metadata that names the row in the resource id; default the row's index
/// </code>
/// </remarks>
public static class SnmpMetersReader
{
    private static readonly string[] Sources = ["oid", "column", "oids", "columns"];

    /// <summary>The meters of a file; those with faults are left out.</summary>
    public static IReadOnlyList<SnmpMeter> Read(ConfigNode? root, ConfigFaults faults)
    {
        var meters = new Dictionary<string, SnmpMeter>(StringComparer.Ordinal);
        if (root is null || root.IsNull || !faults.Keys(root, "an SNMP meters file", "meters"))
        {
            return [];
        }

        foreach (var node in faults.List(root, "meters", "an SNMP meters file"))
        {
            if (ReadMeter(node, faults) is { } meter && !meters.TryAdd(meter.Name, meter))
            {
                faults.Add(node, $"meter '{meter.Name}' is declared twice");
            }
        }

        return [.. meters.Values];
    }

    private static SnmpMeter? ReadMeter(ConfigNode node, ConfigFaults faults)
    {
        const string what = "an SNMP meter";
        var before = faults.All.Count;
        if (!faults.Keys(
            node, what, "name", "type", "unit", "oid", "column", "oids", "columns", "value", "scale", "metadata",
            "resource"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", what);
        var typeWord = faults.RequiredText(node, "type", what);
        if (!MeterKinds.TryParse(typeWord, out var kind) && typeWord.Length > 0)
        {
            faults.NotOneOf(node["type"]!, $"'type' of {what}", ["gauge", "delta", "cumulative"]);
        }

        var isTable = node["column"] is not null || node["columns"] is not null;
        var expression = ReadExpression(node, faults);
        var metadata = ReadMetadata(node, isTable, faults);
        var rowName = faults.Text(node, "resource", what);
        if (rowName is not null and not "index" && metadata.All(one => one.Name != rowName))
        {
            faults.Add(
                node["resource"]!,
                $"'resource' of {what} must be index or one of its metadata, found '{rowName}'"
                + NearestName.Hint(rowName, metadata.Select(one => one.Name)));
        }

        return expression is null || faults.All.Count > before ? null : new SnmpMeter
        {
            Name = name, Kind = kind, Unit = faults.Text(node, "unit", what) ?? "", Expression = expression,
            IsTable = isTable, Metadata = metadata, RowName = rowName == "index" ? null : rowName,
            ResourceType = isTable ? null : SnmpEntities.Host,
        };
    }

    private static SnmpExpression? ReadExpression(ConfigNode node, ConfigFaults faults)
    {
        var given = Sources.Where(key => node[key] is not null).ToList();
        if (given.Count != 1)
        {
            faults.Add(node, $"an SNMP meter needs one of oid, column, oids, columns, found "
                + (given.Count == 0 ? "none" : string.Join(" and ", given)));
            return null;
        }

        var source = node[given[0]]!;
        var expression = given[0] is "oid" or "column"
            ? ReadObject(source, given[0], faults)
            : ReadValue(node, source, given[0], faults);
        var scale = faults.Number(node, "scale", "an SNMP meter");
        return expression is not null && scale is { } factor
            ? new SnmpOperation('*', expression, new SnmpConstant(factor))
            : expression;
    }

    private static SnmpExpression? ReadValue(ConfigNode node, ConfigNode names, string key, ConfigFaults faults)
    {
        if (names.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(names, $"'{key}' of an SNMP meter must be a mapping, found {names.Describe()}");
            return null;
        }

        var objects = new Dictionary<string, SnmpExpression>(StringComparer.Ordinal);
        foreach (var member in names.Members)
        {
            if (ReadObject(member.Value, $"{key}.{member.Key}", faults) is { } known)
            {
                objects[member.Key] = known;
            }
        }

        var text = faults.RequiredText(node, "value", $"an SNMP meter with '{key}'");
        if (text.Length == 0 || objects.Count < names.Members.Count)
        {
            return null;
        }

        var expression = SnmpExpressionReader.Read(text, objects, out var fault);
        if (expression is null)
        {
            faults.Add(node["value"]!, $"'value' of an SNMP meter {fault}");
        }

        return expression;
    }

    private static SnmpObject? ReadObject(ConfigNode node, string key, ConfigFaults faults)
    {
        var items = node.Kind == ConfigNodeKind.Sequence ? node.Items : [node];
        var oids = items.Select(item => ReadOid(item, key, faults)).OfType<Oid>().ToList();
        return oids.Count > 0 && oids.Count == items.Count ? new SnmpObject(oids) : null;
    }

    private static Oid? ReadOid(ConfigNode node, string key, ConfigFaults faults)
    {
        var oid = node.Kind == ConfigNodeKind.Scalar && node.Text is { } text ? Oid.TryParse(text) : null;
        if (oid is null)
        {
            faults.Add(
                node,
                $"'{key}' of an SNMP meter must be numbers such as 1.3.6.1.2.1.1.3.0, found {node.Describe()}");
        }

        return oid;
    }

    private static List<SnmpMetadata> ReadMetadata(ConfigNode meter, bool isTable, ConfigFaults faults)
    {
        const string what = "metadata of an SNMP meter";
        var read = new List<SnmpMetadata>();
        if (meter["metadata"] is not { IsNull: false } node)
        {
            return read;
        }

        if (!isTable || node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, isTable ? $"{what} must be a mapping, found {node.Describe()}"
                : $"{what} are columns, so it needs 'column' or 'columns'");
            return read;
        }

        foreach (var member in node.Members)
        {
            var isPlain = member.Value.Kind != ConfigNodeKind.Mapping;
            if (!isPlain)
            {
                faults.Keys(member.Value, what, "oid", "as", "scale");
            }

            var form = isPlain ? null : faults.Text(member.Value, "as", what);
            if (form is not (null or "text" or "number" or "hex"))
            {
                faults.NotOneOf(member.Value["as"]!, $"'as' of {what}", ["text", "number", "hex"]);
            }

            if (ReadOid(isPlain ? member.Value : member.Value["oid"] ?? member.Value, member.Key, faults) is { } column)
            {
                read.Add(new SnmpMetadata(
                    member.Key, column,
                    form switch { "number" => SnmpForm.Number, "hex" => SnmpForm.Hex, _ => SnmpForm.Text },
                    isPlain ? 1 : faults.Number(member.Value, "scale", what) ?? 1));
            }
        }

        return read;
    }
}
