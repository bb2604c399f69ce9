using System.Buffers;

namespace Ops.Model;

/// <summary>A pooled run of samples that crosses rooms as one.</summary>
/// <remarks>
/// The receiver of <see cref="ISampleSink.AcceptAsync"/> may read it until the returned task is done and copies what it
/// wants to keep; the sender disposes it afterwards. Not safe for concurrent writing.
/// </remarks>
public sealed class SampleBatch : IDisposable
{
    /// <summary>The most samples that a collector puts into one batch.</summary>
    public const int CountMax = 4096;

    private Sample[] _items;
    private int _count;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">How many samples it first has room for; it grows.</param>
    public SampleBatch(int capacity = 512) => _items = ArrayPool<Sample>.Shared.Rent(capacity);

    /// <summary>How many samples it holds.</summary>
    public int Count => _count;

    /// <summary>The samples, in order of arrival.</summary>
    public ReadOnlySpan<Sample> Items => _items.AsSpan(0, _count);

    /// <summary>Appends a sample.</summary>
    public void Add(in Sample sample)
    {
        if (_count == _items.Length)
        {
            Grow();
        }

        _items[_count++] = sample;
    }

    /// <summary>Forgets the samples and keeps the room.</summary>
    public void Clear() => _count = 0;

    /// <summary>Gives the room back to the pool; the batch is empty afterwards.</summary>
    public void Dispose()
    {
        if (_items.Length > 0)
        {
            ArrayPool<Sample>.Shared.Return(_items, clearArray: true);
        }

        _items = [];
        _count = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<Sample>.Shared.Rent(Math.Max(16, _items.Length * 2));
        _items.AsSpan(0, _count).CopyTo(larger);
        if (_items.Length > 0)
        {
            ArrayPool<Sample>.Shared.Return(_items, clearArray: true);
        }

        _items = larger;
    }
}
