using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Walks a request for metrics and stops wherever a batch is full, to go on from there.</summary>
/// <remarks>
/// <code>
/// request = *resource    resource = attributes *scope    scope = name *metric    metric = name unit shape
/// shape   = *point [temporality] [is monotonic]
/// </code>
/// What describes a level may stand behind what is in it, so each level is looked through before it is entered.
/// </remarks>
internal sealed class MetricsPass(OtlpCache cache, OtlpLimits limits, long nowNs)
{
    private readonly PointPass _points = new(cache, limits, nowNs);
    private Level _body;
    private Level _resource;
    private Level _scope;
    private Level _shape;
    private ResourceEntry? _resourceEntry;
    private (int Start, int Length) _scopeName;
    private MetricEntry? _metric;
    private string? _refusal;
    private bool _isBegun;

    /// <summary>Points that were taken.</summary>
    public long Accepted => _points.Accepted;

    /// <summary>Points that were not.</summary>
    public FaultTally Rejected => _points.Rejected;

    /// <summary>Whether the request could not be read on.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was seen of services for the first time.</summary>
    public List<Observation> Observations { get; } = [];

    /// <summary>Whether a batch should be handed over before the next point.</summary>
    public static bool IsFull(SampleBatch batch) =>
        batch.Count > SampleBatch.CountMax - OtlpLimits.BucketsMaxMost - 8;

    /// <summary>Reads until the request is used up or the batch is full.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Fill(ReadOnlySpan<byte> body, SampleBatch batch)
    {
        if (!_isBegun)
        {
            (_body, _isBegun) = (new Level(0, body.Length), true);
        }

        while (!IsBroken && !IsFull(batch))
        {
            if (!_shape.IsDone)
            {
                Points(body, batch);
            }
            else if (!_scope.IsDone)
            {
                Metric(body);
            }
            else if (!_resource.IsDone)
            {
                Scope(body);
            }
            else if (!_body.IsDone)
            {
                Resource(body);
            }
            else
            {
                return false;
            }
        }

        return !IsBroken;
    }

    private void Resource(ReadOnlySpan<byte> body)
    {
        if (!Enter(body, ref _body, OtlpFields.Resources, out _resource))
        {
            return;
        }

        ReadOnlySpan<byte> attributes = default;
        var wire = _resource.Reader(body);
        while (wire.Read())
        {
            if (wire.Tag == OtlpFields.Resource)
            {
                attributes = wire.Bytes;
            }
        }

        IsBroken |= wire.IsBroken;
        _resourceEntry = cache.Resource(attributes, out _refusal);
        if (_resourceEntry?.Observe(Timestamps.FromUnixNs(nowNs)) is { } seen)
        {
            Observations.Add(seen);
        }
    }

    private void Scope(ReadOnlySpan<byte> body)
    {
        if (!Enter(body, ref _resource, OtlpFields.Scopes, out _scope))
        {
            return;
        }

        _scopeName = default;
        var wire = _scope.Reader(body);
        while (wire.Read())
        {
            if (wire.Tag != OtlpFields.Scope)
            {
                continue;
            }

            var inner = new WireReader(body[..wire.At], wire.Start);
            while (inner.Read())
            {
                if (inner.Tag == OtlpFields.ScopeName)
                {
                    _scopeName = (inner.Start, inner.Length);
                }
            }

            IsBroken |= inner.IsBroken;
        }

        IsBroken |= wire.IsBroken;
    }

    private void Metric(ReadOnlySpan<byte> body)
    {
        if (!Enter(body, ref _scope, OtlpFields.Items, out var metric))
        {
            return;
        }

        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> unit = default;
        var shape = MetricShape.None;
        var wire = metric.Reader(body);
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 10:
                    name = wire.Bytes;
                    break;
                case 26:
                    unit = wire.Bytes;
                    break;
                case 42 or 58 or 74 or 82 or 90:
                    shape = (MetricShape)(wire.Tag >> 3);
                    _shape = new Level(wire.Start, wire.At);
                    break;
            }
        }

        IsBroken |= wire.IsBroken;
        if (IsBroken || shape == MetricShape.None)
        {
            _shape = default;
            return;
        }

        _metric = _resourceEntry is null ? null : Described(body, name, unit, shape);
    }

    private MetricEntry? Described(
        ReadOnlySpan<byte> body, ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit, MetricShape shape)
    {
        var (temporality, isMonotonic) = (0UL, false);
        var wire = _shape.Reader(body);
        while (wire.Read())
        {
            temporality = wire.Tag == OtlpFields.Temporality ? wire.Number : temporality;
            isMonotonic |= wire.Tag == OtlpFields.IsMonotonic && wire.Number != 0;
        }

        IsBroken |= wire.IsBroken;
        if (shape is MetricShape.Sum or MetricShape.Histogram or MetricShape.ExponentialHistogram
            && temporality is not (OtlpFields.DeltaTemporality or OtlpFields.CumulativeTemporality))
        {
            _refusal = $"metric '{System.Text.Encoding.UTF8.GetString(name)}' does not say whether it is delta or "
                + "cumulative";
            return null;
        }

        var kind = shape switch
        {
            MetricShape.Gauge => MeterKind.Gauge,
            MetricShape.Summary => MeterKind.Cumulative,
            _ when temporality == OtlpFields.DeltaTemporality => MeterKind.Delta,
            MetricShape.Sum when !isMonotonic => MeterKind.Gauge,
            _ => MeterKind.Cumulative,
        };
        var scope = body.Slice(_scopeName.Start, _scopeName.Length);
        return cache.Metric(_resourceEntry!, scope, name, unit, shape, kind, out _refusal);
    }

    private void Points(ReadOnlySpan<byte> body, SampleBatch batch)
    {
        var wire = _shape.Reader(body);
        while (!IsBroken && !IsFull(batch) && wire.Read())
        {
            if (wire.Tag != OtlpFields.Points)
            {
                continue;
            }

            if (_metric is null)
            {
                Rejected.Add(_refusal ?? "the metric is refused");
            }
            else
            {
                IsBroken |= !Point(wire.Bytes, _metric, batch);
            }
        }

        _shape.At = wire.At;
        IsBroken |= wire.IsBroken;
    }

    private bool Point(ReadOnlySpan<byte> point, MetricEntry metric, SampleBatch batch) => metric.Shape switch
    {
        MetricShape.Histogram => _points.Histogram(point, metric, batch),
        MetricShape.ExponentialHistogram => _points.Exponential(point, metric, batch),
        MetricShape.Summary => _points.Summary(point, metric, batch),
        _ => _points.Number(point, metric, batch),
    };

    /// <summary>Goes on to the next field of that tag; what it holds is the level below.</summary>
    private bool Enter(ReadOnlySpan<byte> body, ref Level level, uint tag, out Level below)
    {
        var wire = level.Reader(body);
        below = default;
        while (wire.Read())
        {
            if (wire.Tag == tag)
            {
                below = new Level(wire.Start, wire.At);
                level.At = wire.At;
                return true;
            }
        }

        level.At = level.End;
        IsBroken |= wire.IsBroken;
        return false;
    }

    /// <summary>How far a level is read, and where it ends, in the whole request.</summary>
    private struct Level(int at, int end)
    {
        public int At = at;
        public readonly int End = end;

        public readonly bool IsDone => At >= End;

        public readonly WireReader Reader(ReadOnlySpan<byte> body) => new(body[..End], At);
    }
}
