using System.Collections.Concurrent;

namespace Ops.Model;

/// <summary>Hands out the one <see cref="Series"/> object for each identity. Safe for concurrent use.</summary>
public sealed class SeriesCatalog
{
    private readonly ConcurrentDictionary<(string, string, Tags, string, string, string?), Series> _byIdentity = new();
    private readonly Lock _growth = new();
    private volatile Series[] _byId = new Series[256];
    private volatile int _count;

    /// <summary>How many series there are; their ids are 0 to one less.</summary>
    public int Count => _count;

    /// <summary>The series with that id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No series has that id.</exception>
    public Series this[int id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _count);
            return _byId[id];
        }
    }

    /// <summary>The series of a polled meter: measurement = meter, field = <c>value</c>.</summary>
    public Series Intern(string meter, string resourceId, Tags? dimensions = null) =>
        Intern(meter, resourceId, dimensions ?? Tags.Empty, meter, "value", null);

    /// <summary>The series of that identity, made at first sight.</summary>
    public Series Intern(
        string meter, string resourceId, Tags dimensions, string measurement, string field, string? database)
    {
        var identity = (meter, resourceId, dimensions, measurement, field, database);
        return _byIdentity.TryGetValue(identity, out var known) ? known : Add(identity);
    }

    /// <summary>The series of that identity, or null when it was never interned.</summary>
    public Series? Find(
        string meter, string resourceId, Tags dimensions, string measurement, string field, string? database) =>
        _byIdentity.GetValueOrDefault((meter, resourceId, dimensions, measurement, field, database));

    private Series Add(
        (string Meter, string ResourceId, Tags Dimensions, string Measurement, string Field, string? Database) key)
    {
        lock (_growth)
        {
            if (_byIdentity.TryGetValue(key, out var known))
            {
                return known;
            }

            var id = _count;
            var series = new Series(
                id, key.Meter, key.ResourceId, key.Dimensions, key.Measurement, key.Field, key.Database);
            if (id == _byId.Length)
            {
                var larger = new Series[id * 2];
                _byId.CopyTo(larger, 0);
                _byId = larger;
            }

            _byId[id] = series;
            _count = id + 1;
            _byIdentity[key] = series;
            return series;
        }
    }
}
