using System.Security.Cryptography;
using System.Text;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Turns log records into events.</summary>
/// <remarks>
/// The type is the record's event name, else its attribute <c>event.name</c>, else <c>log.</c> and the severity. The
/// message id is a hash of resource and record, so that what is sent again bears the same.
/// </remarks>
internal sealed class LogsPass(OtlpCache cache, OtlpLimits limits, long nowNs)
{
    private const int TextCharsMax = 255;
    private const int IdBytes = 16;

    private static readonly string[] Severities = ["trace", "debug", "info", "warn", "error", "fatal"];

    /// <summary>The events.</summary>
    public List<Event> Events { get; } = [];

    /// <summary>What was seen of services for the first time.</summary>
    public List<Observation> Observations { get; } = [];

    /// <summary>Records that were not taken.</summary>
    public FaultTally Rejected { get; } = new();

    /// <summary>Reads a whole request.</summary>
    /// <returns>Whether it could be read to its end.</returns>
    public bool Read(ReadOnlySpan<byte> body)
    {
        var wire = new WireReader(body);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Resources && !Resource(wire.Bytes))
            {
                return false;
            }
        }

        return !wire.IsBroken;
    }

    private bool Resource(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> attributes = default;
        var wire = new WireReader(message);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Resource)
            {
                attributes = wire.Bytes;
            }
        }

        var resource = cache.Resource(attributes, out var fault);
        if (resource?.Observe(Timestamps.FromUnixNs(nowNs)) is { } seen)
        {
            Observations.Add(seen);
        }

        var scopes = new WireReader(message);
        while (scopes.Read())
        {
            if (scopes.Tag == OtlpFields.Scopes && !Scope(scopes.Bytes, resource, attributes, fault))
            {
                return false;
            }
        }

        return !scopes.IsBroken;
    }

    private bool Scope(
        ReadOnlySpan<byte> message, ResourceEntry? resource, ReadOnlySpan<byte> attributes, string? fault)
    {
        var wire = new WireReader(message);
        while (wire.Read())
        {
            if (wire.Tag != OtlpFields.Items)
            {
                continue;
            }

            if (resource is null)
            {
                Rejected.Add(fault!);
            }
            else if (!Record(wire.Bytes, resource, attributes))
            {
                return false;
            }
        }

        return !wire.IsBroken;
    }

    private bool Record(ReadOnlySpan<byte> record, ResourceEntry resource, ReadOnlySpan<byte> attributes)
    {
        var (timeNs, observedNs, severity) = (0UL, 0UL, 0UL);
        var (eventName, body, severityText) = ("", (string?)null, "");
        var traits = new Traits(limits.TraitsMax);
        traits.Add("resource_id", TraitType.Text, resource.ResourceId);
        traits.Add("service", TraitType.Text, resource.ResourceName ?? "");
        var wire = new WireReader(record);
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 9:
                    timeNs = wire.Number;
                    break;
                case 16:
                    severity = wire.Number;
                    break;
                case 26:
                    severityText = Encoding.UTF8.GetString(wire.Bytes);
                    break;
                case 42:
                    body = AnyValueText.Of(wire.Bytes, limits, out _);
                    break;
                case 50 when !Attribute(wire.Bytes, traits):
                    return false;
                case 74:
                    traits.Add("trace_id", TraitType.Text, Convert.ToHexStringLower(wire.Bytes));
                    break;
                case 82:
                    traits.Add("span_id", TraitType.Text, Convert.ToHexStringLower(wire.Bytes));
                    break;
                case 89:
                    observedNs = wire.Number;
                    break;
                case 98:
                    eventName = Encoding.UTF8.GetString(wire.Bytes);
                    break;
            }
        }

        traits.Add("severity", TraitType.Text, severityText);
        traits.Add("body", TraitType.Text, body ?? "");
        if (wire.IsBroken)
        {
            return false;
        }

        var type = eventName.Length > 0 ? eventName : traits.ValueOf("event.name") ?? "log." + Word(severity);
        var at = timeNs != 0 ? timeNs : observedNs;
        Events.Add(new Event(
            Id(record, attributes), Cut(type), at is 0 or > long.MaxValue ? nowNs : (long)at, traits.List));
        return true;
    }

    private bool Attribute(ReadOnlySpan<byte> pair, Traits traits)
    {
        var (name, value, type) = ("", (string?)"", TraitType.Text);
        var wire = new WireReader(pair);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Key)
            {
                name = Encoding.UTF8.GetString(wire.Bytes);
            }
            else if (wire.Tag == OtlpFields.Value)
            {
                value = AnyValueText.Of(wire.Bytes, limits, out type);
            }
        }

        if (wire.IsBroken || value is null)
        {
            return false;
        }

        traits.Add(name, type, value);
        return true;
    }

    private static string Word(ulong severity) =>
        severity is 0 or > 24 ? "unspecified" : Severities[(int)(severity - 1) / 4];

    private static string Id(ReadOnlySpan<byte> record, ReadOnlySpan<byte> resource)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(resource);
        hash.AppendData(record);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..IdBytes]);
    }

    private static string Cut(string text) => text.Length <= TextCharsMax ? text : text[..TextCharsMax];

    /// <summary>Traits in order, each name once, no empty ones.</summary>
    private sealed class Traits(int countMax)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public List<EventTrait> List { get; } = [];

        public void Add(string name, TraitType type, string value)
        {
            if (name.Length is > 0 and <= TextCharsMax && value.Length > 0 && List.Count < countMax && _names.Add(name))
            {
                List.Add(new EventTrait(name, type, Cut(value)));
            }
        }

        public string? ValueOf(string name) => List.Find(trait => trait.Name == name).Value;
    }
}
