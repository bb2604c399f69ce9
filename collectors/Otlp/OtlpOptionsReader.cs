using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Reads <see cref="OtlpOptions"/>. Every fault is reported; what is faulty keeps its default.</summary>
public static class OtlpOptionsReader
{
    /// <summary>The most operations on attributes.</summary>
    public const int OperationsMax = 100;

    private const string What = "otlp";
    private static readonly string[] Verbs = ["keep", "drop", "rename", "set"];

    /// <summary>The options of a mapping.</summary>
    public static OtlpOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new OtlpOptions();
        if (!faults.Keys(node, What, "grpc_listen", "attributes", "observe"))
        {
            return defaults;
        }

        return new OtlpOptions
        {
            GrpcListen = Listen(node, faults),
            Attributes = Operations(node, faults),
            Observe = faults.Bool(node, "observe", What) ?? defaults.Observe,
        };
    }

    private static string? Listen(ConfigNode node, ConfigFaults faults)
    {
        if (faults.Text(node, "grpc_listen", What) is not { Length: > 0 } text || text is "off" or "false")
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", AbsolutePath: "/" }
            && !address.IsDefaultPort)
        {
            return text;
        }

        faults.Add(node["grpc_listen"]!,
            $"'grpc_listen' of {What} must be an address such as http://127.0.0.1:4317, or off, found '{text}'");
        return null;
    }

    private static IReadOnlyList<AttributeOperation> Operations(ConfigNode node, ConfigFaults faults)
    {
        var items = faults.List(node, "attributes", What);
        if (items.Count > OperationsMax)
        {
            faults.Add(node["attributes"]!,
                $"'attributes' of {What} holds {items.Count} operations; at most {OperationsMax} are allowed");
            return [];
        }

        return [.. items.SelectMany(item => Operation(item, faults))];
    }

    private static IEnumerable<AttributeOperation> Operation(ConfigNode item, ConfigFaults faults)
    {
        const string what = "an operation of attributes";
        if (!faults.Keys(item, what, Verbs))
        {
            yield break;
        }

        if (item.Members.Count != 1)
        {
            faults.Add(item, $"{what} must have one key, found {item.Members.Count}; allowed: "
                + string.Join(", ", Verbs));
            yield break;
        }

        var (key, _, _, value) = item.Members[0];
        if (key is "keep" or "drop")
        {
            if (faults.RequiredText(item, key, what) is { Length: > 0 } pattern)
            {
                yield return new AttributeOperation(
                    key == "keep" ? AttributeVerb.Keep : AttributeVerb.Drop, pattern);
            }
        }
        else if (key is "rename" or "set")
        {
            if (value.Kind != ConfigNodeKind.Mapping)
            {
                faults.Add(value, $"'{key}' of {what} must be a mapping such as {{old: new}}, found "
                    + value.Describe());
                yield break;
            }

            foreach (var member in value.Members)
            {
                if (faults.Text(value, member.Key, key) is { } text)
                {
                    yield return new AttributeOperation(
                        key == "set" ? AttributeVerb.Set : AttributeVerb.Rename, member.Key, text);
                }
            }
        }
    }
}
