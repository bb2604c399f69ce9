using Ops.Collectors.InfluxLine;
using Ops.Model;
using Ops.Server.Api.Influx;

namespace Ops.Server.Wiring;

/// <summary>Joins <c>/write</c> to the reader of line protocol and the pipeline behind it.</summary>
internal sealed class LineProtocolIngest(SeriesCatalog catalog, ISampleSink pipeline, TimeProvider time) : ILineProtocolIngest
{
    private readonly LineProtocolReader _reader = new(catalog, time);

    public ILineProtocolBody Begin(string? database, TimestampPrecision precision) =>
        new Body(_reader.Begin(database, precision, pipeline));

    private sealed class Body(LineProtocolBody body) : ILineProtocolBody
    {
        public ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken) =>
            body.FeedAsync(piece, cancellationToken);

        public async ValueTask<LineProtocolOutcome> FinishAsync(CancellationToken cancellationToken)
        {
            var result = await body.FinishAsync(cancellationToken);
            return new LineProtocolOutcome(
                result.Accepted, result.Refused, result.Refused, [.. result.Faults.Select(fault => fault.Message)]);
        }

        public void Dispose() => body.Dispose();
    }
}
