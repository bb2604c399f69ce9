using System.Globalization;
using Ops.Model;

namespace Ops.Unit.Storage;

/// <summary>Just enough line protocol to load a recording: numbers only, times in nanoseconds, spaces
/// escaped.</summary>
internal static class LineProtocol
{
    public static async Task WriteLinesAsync(
        this ISampleSink sink, SeriesCatalog catalog, IEnumerable<string> lines, string? database = "t")
    {
        using var batch = new SampleBatch();
        foreach (var line in lines)
        {
            var parts = line.Replace("\\ ", "\0").Split(' ');
            var key = parts[0].Replace('\0', ' ').Split(',');
            var tags = Tags.From(
                key.Skip(1).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
            var time = long.Parse(parts[2], CultureInfo.InvariantCulture);
            foreach (var field in parts[1].Split(','))
            {
                var (name, value) = (
                    field.Split('=')[0], double.Parse(field.Split('=')[1], CultureInfo.InvariantCulture));
                var meter = name == "value" ? key[0] : $"{key[0]}.{name}";
                var resource = tags["resource_id"] ?? tags["host"] ?? key[0];
                batch.Add(new Sample(
                    catalog.Intern(meter, resource, tags, key[0], name, database), SampleContext.Plain, time, value));
            }
        }

        await sink.AcceptAsync(batch, CancellationToken.None);
    }
}
