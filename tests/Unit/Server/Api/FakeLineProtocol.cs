using Ops.Collectors.InfluxLine;
using System.Text;
using Ops.Server.Api.Influx;

namespace Ops.Unit.Server.Api;

/// <summary>Takes every line that holds a '='; a line that holds 'conflict' is dropped.</summary>
internal sealed class FakeLineProtocol : ILineProtocolIngest
{
    public List<string> Lines { get; } = [];

    public List<(string? Database, TimestampPrecision Precision)> Begun { get; } = [];

    public int PieceBytesMax { get; private set; }

    public ILineProtocolBody Begin(string? database, TimestampPrecision precision)
    {
        Begun.Add((database, precision));
        return new Body(this);
    }

    private sealed class Body(FakeLineProtocol owner) : ILineProtocolBody
    {
        private readonly List<string> _errors = [];
        private readonly MemoryStream _rest = new();
        private long _accepted;
        private long _refused;
        private long _dropped;

        public ValueTask FeedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
        {
            owner.PieceBytesMax = Math.Max(owner.PieceBytesMax, piece.Length);
            foreach (var b in piece.Span)
            {
                if (b == '\n')
                {
                    Line();
                }
                else
                {
                    _rest.WriteByte(b);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<LineProtocolOutcome> FinishAsync(CancellationToken cancellationToken)
        {
            Line();
            return ValueTask.FromResult(new LineProtocolOutcome(_accepted, _refused, _dropped, _errors));
        }

        public void Dispose() => _rest.Dispose();

        private void Line()
        {
            var line = Encoding.UTF8.GetString(_rest.GetBuffer(), 0, (int)_rest.Length);
            _rest.SetLength(0);
            if (line.Length == 0)
            {
                return;
            }

            if (line.Contains("conflict", StringComparison.Ordinal))
            {
                _dropped++;
                _refused++;
                _errors.Add("field type conflict");
            }
            else if (!line.Contains('=', StringComparison.Ordinal) || line.Contains('\0', StringComparison.Ordinal))
            {
                _refused++;
                _errors.Add($"unable to parse '{line}': missing fields");
            }
            else
            {
                _accepted++;
                if (owner.Lines.Count < 1000)
                {
                    owner.Lines.Add(line);
                }
            }
        }
    }
}
