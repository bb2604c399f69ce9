using Ops.Model;

namespace Ops.Pipeline.Buses;

/// <summary>Remembers the newest samples, to tell those that come again. Not safe for concurrent use.</summary>
/// <remarks>A sample is the same where series, time and volume are: a correction of a value is not taken for a
/// repetition.</remarks>
/// <param name="windowMax">How many are remembered; 0 remembers none.</param>
internal sealed class RecentSamples(int windowMax)
{
    private readonly HashSet<(int, long, double)> _known = [];
    private readonly Queue<(int, long, double)> _order = new();

    /// <summary>Whether it came before; if not, it is remembered.</summary>
    public bool IsRepeated(in Sample sample)
    {
        if (windowMax == 0)
        {
            return false;
        }

        var one = (sample.Series.Id, sample.TimestampNs, sample.Volume);
        if (!_known.Add(one))
        {
            return true;
        }

        _order.Enqueue(one);
        if (_order.Count > windowMax)
        {
            _known.Remove(_order.Dequeue());
        }

        return false;
    }
}
