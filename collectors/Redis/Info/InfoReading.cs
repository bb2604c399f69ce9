using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Redis.Info;

/// <summary>What INFO says, made into values and the few texts that the graph needs.</summary>
internal sealed class InfoReading
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private InfoReading(IReadOnlyList<InfoField> fields)
    {
        foreach (var field in fields)
        {
            _texts[field.Name] = field.Value;
        }

        Values = [.. fields.SelectMany(Measure)];
    }

    /// <summary>What it measures.</summary>
    public IReadOnlyList<InfoValue> Values { get; }

    /// <summary>What a field says; null where it is not there.</summary>
    public string? this[string field] => _texts.GetValueOrDefault(field);

    /// <summary>Whether the server replicates another.</summary>
    public bool IsReplica => this["role"] == "slave";

    /// <summary>The master that it replicates, as <c>address:port</c>; null for one that replicates nobody.</summary>
    public (string Host, int Port)? Master =>
        IsReplica && this["master_host"] is { Length: > 0 } host && int.TryParse(
            this["master_port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (host, port) : null;

    /// <summary>Reads what INFO answered.</summary>
    public static InfoReading Read(string text) => new(InfoText.Read(text));

    private IEnumerable<InfoValue> Measure(InfoField field) => (field.Section, Letters(field.Name)) switch
    {
        ("keyspace", "db") => Members(field, "", Tags.Of(("db", field.Name))),
        ("errorstats", _) => Members(field, "", Tags.Of(("error", field.Name.Replace("errorstat_", "")))),
        ("replication", "slave") => Replica(field),
        ("sentinel", "master") => WatchedMaster(field),
        _ => Plain(field),
    };

    private static IEnumerable<InfoValue> Plain(InfoField field)
    {
        if (InfoMeters.Of(field.Section, field.Name) is { } meter && Number(field.Value) is { } number)
        {
            yield return new InfoValue(meter, number, Tags.Empty);
        }
    }

    private static IEnumerable<InfoValue> Members(InfoField field, string prefix, Tags dimensions) =>
        field.Members()
            .Select(pair => (Meter: InfoMeters.Of(field.Section, prefix + pair.Key), Value: Number(pair.Value)))
            .Where(one => one is { Meter: not null, Value: not null })
            .Select(one => new InfoValue(one.Meter!, one.Value!.Value, dimensions));

    private IEnumerable<InfoValue> Replica(InfoField field)
    {
        var members = field.Members();
        if (!members.TryGetValue("ip", out var address) || !members.TryGetValue("port", out var port))
        {
            yield break;
        }

        var replica = Tags.Of(("replica", $"{address}:{port}"));
        var offset = Number(members.GetValueOrDefault("offset"));
        foreach (var (name, value) in new[]
        {
            ("online", members.GetValueOrDefault("state") == "online" ? 1 : (double?)0), ("offset", offset),
            ("lag", Number(members.GetValueOrDefault("lag"))), ("behind", Number(this["master_repl_offset"]) - offset),
        })
        {
            if (value is { } known && InfoMeters.Of("replication", $"replica.{name}") is { } meter)
            {
                yield return new InfoValue(meter, known, replica);
            }
        }
    }

    private static IEnumerable<InfoValue> WatchedMaster(InfoField field)
    {
        var members = field.Members();
        if (!members.TryGetValue("name", out var name))
        {
            return [];
        }

        var master = Tags.Of(("master", name));
        var ok = new InfoValue(
            InfoMeters.Of("sentinel", "master.ok")!, members.GetValueOrDefault("status") == "ok" ? 1 : 0, master);
        return Members(field, "master.", master).Where(value => value.Meter.Unit.Length > 0).Prepend(ok);
    }

    /// <summary>The name without the digits at its end, where there are some.</summary>
    private static string Letters(string name)
    {
        var letters = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return letters.Length < name.Length ? letters : "";
    }

    private static double? Number(string? value)
    {
        switch (value)
        {
            case null: return null;
            case "ok" or "up": return 1;
            case "err" or "down": return 0;
        }

        var digits = value.EndsWith('%') ? value.AsSpan(0, value.Length - 1) : value;
        return double.TryParse(
            digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }
}
