using System.Text;

namespace Ops.Collectors.InfluxLine;

/// <summary>Counts what became of the lines of one body, and keeps the first faults.</summary>
internal sealed class LineTally(LineProtocolLimits limits)
{
    private readonly List<LineFault> _faults = [];
    private long _refused;
    private long _dropped;

    /// <summary>The number of the line that is being read, from 1.</summary>
    public long Line { get; set; }

    /// <summary>Lines taken.</summary>
    public long Accepted { get; set; }

    /// <summary>Samples made.</summary>
    public long Samples { get; set; }

    /// <summary>Text fields passed over.</summary>
    public long TextFields { get; set; }

    /// <summary>What became of the lines so far.</summary>
    public LineProtocolResult ToResult() => new()
    {
        Accepted = Accepted,
        Refused = _refused,
        Dropped = _dropped,
        Samples = Samples,
        TextFieldsSkipped = TextFields,
        Faults = _faults,
    };

    /// <summary>Notes that a line is refused.</summary>
    /// <param name="line">The line, which the message quotes.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isDropped">Whether the line could be read, but there is no room for it.</param>
    public void Refuse(ReadOnlySpan<byte> line, string reason, bool isDropped)
    {
        _refused++;
        _dropped += isDropped ? 1 : 0;
        if (_faults.Count >= limits.FaultsKeptMax)
        {
            return;
        }

        var quoted = line.Length <= limits.QuotedBytesMax
            ? Encoding.UTF8.GetString(line)
            : $"{Encoding.UTF8.GetString(line[..limits.QuotedBytesMax])}...";
        _faults.Add(new LineFault(Line, $"unable to parse '{quoted}': {reason}"));
    }

    /// <summary>Notes that a line is longer than is read at all.</summary>
    public void RefuseOverlong(int bytes)
    {
        _refused++;
        if (_faults.Count < limits.FaultsKeptMax)
        {
            var message = $"line of at least {bytes} bytes is too long; at most {limits.LineBytesMax} are allowed";
            _faults.Add(new LineFault(Line, message));
        }
    }
}
