using Ops.Collectors.Notifications;
using Ops.Model;

namespace Ops.Collectors.Rabbit;

/// <summary>Reads <see cref="RabbitNotificationOptions"/>; what is faulty keeps its default.</summary>
public static class RabbitNotificationOptionsReader
{
    private const string What = "notifications";
    private const int NamesMax = 256;
    private static readonly string[] RawPriorities = ["info", "error"];

    /// <summary>The options of the section <c>notifications</c>; null gives the defaults.</summary>
    public static RabbitNotificationOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new RabbitNotificationOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "urls", "exchanges", "topics", "priorities", "durable", "prefetch", "redelivery_max",
            "redelivery_delay", "dead_letter_queue", "dead_letter_max", "reconnect_max", "secret", "drop_unmatched",
            "store_raw", "reserved_metadata_namespace", "reserved_metadata_keys", "reserved_metadata_length"))
        {
            return defaults;
        }

        var (none, second, minute) = (TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        return new RabbitNotificationOptions
        {
            Urls = Urls(node, faults),
            Exchanges = Names(node, "exchanges", faults) ?? defaults.Exchanges,
            Topics = Names(node, "topics", faults) ?? defaults.Topics,
            Priorities = Names(node, "priorities", faults) ?? defaults.Priorities,
            Durable = faults.Bool(node, "durable", What) ?? defaults.Durable,
            Prefetch = faults.Integer(node, "prefetch", What, 1, 10_000) ?? defaults.Prefetch,
            RedeliveryMax = faults.Integer(node, "redelivery_max", What, 0, 100) ?? defaults.RedeliveryMax,
            RedeliveryDelay = Between(node, "redelivery_delay", none, minute, faults) ?? defaults.RedeliveryDelay,
            DeadLetterQueue = faults.Text(node, "dead_letter_queue", What) is { Length: > 0 } queue
                ? queue
                : defaults.DeadLetterQueue,
            DeadLetterMax = faults.Integer(node, "dead_letter_max", What, 1, 10_000_000) ?? defaults.DeadLetterMax,
            ReconnectMax = Between(node, "reconnect_max", second, 10 * minute, faults) ?? defaults.ReconnectMax,
            Conversion = Conversion(node, faults),
        };
    }

    private static NotificationConversion Conversion(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new NotificationConversion();
        var raw = Names(node, "store_raw", faults) ?? defaults.StoreRaw;
        foreach (var item in faults.List(node, "store_raw", What))
        {
            if (item.Text is { Length: > 0 } word && !RawPriorities.Contains(word))
            {
                faults.NotOneOf(item, $"'store_raw' of {What}", RawPriorities);
            }
        }

        return new NotificationConversion
        {
            Secret = faults.Text(node, "secret", What) ?? defaults.Secret,
            DropUnmatched = faults.Bool(node, "drop_unmatched", What) ?? defaults.DropUnmatched,
            StoreRaw = raw,
            ReservedMetadataNamespace =
                Names(node, "reserved_metadata_namespace", faults) ?? defaults.ReservedMetadataNamespace,
            ReservedMetadataKeys = Names(node, "reserved_metadata_keys", faults) ?? defaults.ReservedMetadataKeys,
            ReservedMetadataLength = faults.Integer(node, "reserved_metadata_length", What, 1, 65_536)
                ?? defaults.ReservedMetadataLength,
        };
    }

    private static List<Uri> Urls(ConfigNode node, ConfigFaults faults)
    {
        var urls = new List<Uri>();
        foreach (var item in faults.List(node, "urls", What))
        {
            if (Uri.TryCreate(item.Text, UriKind.Absolute, out var url) && url.Scheme is "amqp" or "amqps"
                && url.Host.Length > 0)
            {
                urls.Add(url);
            }
            else
            {
                // The text is not repeated: it may hold a password.
                faults.Add(item, $"a url of {What} must be 'amqp://user:password@host:5672/vhost' or 'amqps://...'");
            }
        }

        return urls;
    }

    private static List<string>? Names(ConfigNode node, string key, ConfigFaults faults)
    {
        if (node[key] is null or { IsNull: true })
        {
            return null;
        }

        var names = new List<string>();
        foreach (var item in faults.List(node, key, What))
        {
            if (item is not { Kind: ConfigNodeKind.Scalar, Text: { Length: > 0 and <= 255 } name })
            {
                faults.Add(item, $"'{key}' of {What} must hold texts of 1 to 255 characters, found {item.Describe()}");
            }
            else if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        if (names.Count > NamesMax)
        {
            faults.Add(node[key]!, $"'{key}' of {What} must hold at most {NamesMax} names, found {names.Count}");
        }

        return names;
    }

    private static TimeSpan? Between(ConfigNode node, string key, TimeSpan least, TimeSpan most, ConfigFaults faults)
    {
        var duration = faults.Duration(node, key, What);
        if (duration is null || (duration >= least && duration <= most))
        {
            return duration;
        }

        faults.Add(node[key]!, $"'{key}' of {What} must lie between {least.TotalSeconds:0} s and "
            + $"{most.TotalSeconds:0} s, found '{node[key]!.Text}'");
        return null;
    }
}
