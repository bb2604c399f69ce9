using Ops.Collectors.Redis.Info;
using Ops.Collectors.Redis.Topology;
using Ops.Model;

namespace Ops.Collectors.Redis;

/// <summary>Makes samples of what a look gave; series and contexts are made once and reused.</summary>
internal sealed class RedisSamples(SeriesCatalog catalog)
{
    /// <summary>The most series of a server; past it new ones are left out.</summary>
    public const int SeriesMax = 8192;

    private readonly Dictionary<string, ServerSeries> _servers = new(StringComparer.Ordinal);

    /// <summary>Adds what was measured.</summary>
    public void Add(SampleBatch batch, ServerReading server, string type, long ns, double monotonicSeconds)
    {
        if (!_servers.TryGetValue(server.Id, out var known))
        {
            _servers[server.Id] = known = new ServerSeries();
        }

        if (server.Info is { } info)
        {
            known.Set(server.Target.Name, info);
        }

        void Take(InfoMeter meter, double value, Tags dimensions)
        {
            if (known.Slot(meter, dimensions, catalog, server.Id, type) is var (series, context))
            {
                batch.Add(new Sample(series, context, ns, value, monotonicSeconds));
            }
        }

        Take(InfoMeters.Up, server.IsUp ? 1 : 0, Tags.Empty);
        if (server.PingMs is { } ping)
        {
            Take(InfoMeters.Ping, ping, Tags.Empty);
        }

        if (server.SlowlogLength is { } length)
        {
            Take(InfoMeters.Slowlog, length, Tags.Empty);
        }

        foreach (var value in server.Info?.Values ?? [])
        {
            Take(value.Meter, value.Volume, value.Dimensions);
        }
    }

    private sealed class ServerSeries
    {
        private readonly Dictionary<(string Meter, Tags Dimensions), (Series, SampleContext)> _slots = [];
        private Dictionary<string, object?> _metadata = [];
        private string? _name;

        public void Set(string name, InfoReading info)
        {
            var metadata = new Dictionary<string, object?>
            {
                ["role"] = info["role"] is null or "sentinel" ? info["redis_mode"]
                    : info.IsReplica ? "replica" : "master",
                ["version"] = info["redis_version"],
                ["run_id"] = info["run_id"],
            };
            if (_name != name || metadata.Any(pair => !Equals(_metadata.GetValueOrDefault(pair.Key), pair.Value)))
            {
                (_name, _metadata) = (name, metadata);
                _slots.Clear();
            }
        }

        public (Series, SampleContext)? Slot(
            InfoMeter meter, Tags dimensions, SeriesCatalog catalog, string id, string type)
        {
            if (_slots.TryGetValue((meter.Name, dimensions), out var known))
            {
                return known;
            }

            if (_slots.Count >= SeriesMax)
            {
                return null;
            }

            var context = new SampleContext
            {
                Kind = meter.Kind, Unit = meter.Unit, Source = "redis", ResourceType = type, ResourceName = _name,
                Metadata = _metadata,
            };
            return _slots[(meter.Name, dimensions)] = (catalog.Intern(meter.Name, id, dimensions), context);
        }
    }
}
