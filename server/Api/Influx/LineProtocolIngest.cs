using Ops.Collectors.InfluxLine;
using Ops.Model;

namespace Ops.Server.Api.Influx;

/// <summary>Hands bodies of line protocol to the collectors' reader, and its samples to a sink.</summary>
/// <param name="reader">Reads the lines.</param>
/// <param name="sink">Takes the samples: the pipeline's entrance.</param>
public sealed class LineProtocolIngest(LineProtocolReader reader, ISampleSink sink) : ILineProtocolIngest
{
    /// <inheritdoc/>
    public ILineProtocolBody Begin(string? database, TimestampPrecision precision) =>
        new Body(reader.Begin(database, precision, sink));

    private sealed class Body(LineProtocolBody lines) : ILineProtocolBody
    {
        public ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken) =>
            lines.FeedAsync(piece, cancellationToken);

        public async ValueTask<LineProtocolOutcome> FinishAsync(CancellationToken cancellationToken)
        {
            var result = await lines.FinishAsync(cancellationToken);
            return new LineProtocolOutcome(
                result.Accepted, result.Refused, result.Dropped, [.. result.Faults.Select(fault => fault.Message)]);
        }

        public void Dispose() => lines.Dispose();
    }
}
