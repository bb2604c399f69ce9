using System.Globalization;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>How a record came to disk.</summary>
internal enum SpillOutcome
{
    /// <summary>It is there.</summary>
    Written,

    /// <summary>The queue's own limit is reached.</summary>
    Full,

    /// <summary>The disk has no room.</summary>
    DiskFull,

    /// <summary>The disk refused otherwise.</summary>
    Failed,
}

/// <summary>A queue of records in a folder of its own: segments of numbered files, the oldest first.</summary>
/// <remarks>A record that was not removed is there again after a restart. Not safe for concurrent use; a lock file
/// keeps a second program or publisher out.</remarks>
internal sealed class SpillQueue : IDisposable
{
    private const long FirstNumber = 1_000_000_000;
    private const long SegmentBytesMax = 8 << 20;
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const string Suffix = ".spill";

    private readonly string _folder;
    private readonly long _bytesMax;
    private readonly FileStream _lock;
    private readonly LinkedList<(long Number, SpillSegment Segment)> _segments = new();
    private bool _isLastClosed;

    private SpillQueue(string folder, long bytesMax, FileStream lockFile)
    {
        _folder = folder;
        _bytesMax = bytesMax;
        _lock = lockFile;
    }

    /// <summary>Whether there is no record.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>How many items the records hold.</summary>
    public long Items => _segments.Sum(one => one.Segment.Items);

    /// <summary>How many bytes the files take.</summary>
    public long Bytes => _segments.Sum(one => one.Segment.Bytes);

    /// <summary>What the last append that failed ran into; for people.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Opens the folder and finds what was left there; null while another has it open.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="bytesMax">How many bytes the files may take.</param>
    /// <param name="warn">Told what had to be cut off.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static SpillQueue? TryOpen(string folder, long bytesMax, Action<string>? warn = null)
    {
        Directory.CreateDirectory(folder);
        FileStream lockFile;
        try
        {
            lockFile = new FileStream(
                Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.HResult is WouldBlock or SharingViolation)
        {
            return null;
        }

        var queue = new SpillQueue(folder, bytesMax, lockFile);
        try
        {
            queue.Recover(warn);
            return queue;
        }
        catch (IOException)
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>Adds a record at the end.</summary>
    public SpillOutcome Append(ReadOnlySpan<byte> payload, int items)
    {
        if (IsTooMuch(payload.Length))
        {
            return SpillOutcome.Full;
        }

        try
        {
            if (_isLastClosed || _segments.Last is not { } last || last.Value.Segment.Bytes >= SegmentLimit)
            {
                var number = _segments.Last is { } before ? before.Value.Number + 1 : FirstNumber;
                last = _segments.AddLast((number, SpillSegment.Create(PathOf(number))));
                _isLastClosed = false;
            }

            last.Value.Segment.Append(payload, items);
            return SpillOutcome.Written;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            DropEmptyEnd();
            return Failed(fault);
        }
    }

    /// <summary>Adds records before all others, in order, as far as there is room.</summary>
    /// <returns>How each went, in order.</returns>
    public IReadOnlyList<SpillOutcome> Prepend(IReadOnlyList<(byte[] Payload, int Items)> records)
    {
        var outcomes = new List<SpillOutcome>();
        SpillSegment? front = null;
        foreach (var (payload, items) in records)
        {
            if (IsTooMuch(payload.Length))
            {
                outcomes.Add(SpillOutcome.Full);
                continue;
            }

            try
            {
                if (front is null)
                {
                    var number = _segments.First is { } first ? first.Value.Number - 1 : FirstNumber;
                    front = SpillSegment.Create(PathOf(number));
                    _isLastClosed |= _segments.Count == 0;
                    _segments.AddFirst((number, front));
                }

                front.Append(payload, items);
                outcomes.Add(SpillOutcome.Written);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                outcomes.Add(Failed(fault));
            }
        }

        if (front is { IsRead: true })
        {
            Forget(_segments.First!);
        }

        return outcomes;
    }

    /// <summary>Reads the first record, which stays; null when there is none that can be read.</summary>
    /// <param name="items">How many items it holds.</param>
    /// <param name="lost">How many items of damaged records were given up on the way.</param>
    public byte[]? Peek(out int items, out long lost)
    {
        lost = 0;
        while (_segments.First is { } first)
        {
            if (first.Value.Segment.Peek(out items) is { } payload)
            {
                return payload;
            }

            lost += first.Value.Segment.Items;
            Forget(first);
        }

        items = 0;
        return null;
    }

    /// <summary>Removes the first record, which was read.</summary>
    public void Remove(int payloadBytes, int items)
    {
        var first = _segments.First!;
        first.Value.Segment.Skip(payloadBytes, items);
        if (first.Value.Segment.IsRead)
        {
            Forget(first);
        }
    }

    public void Dispose()
    {
        foreach (var (_, segment) in _segments)
        {
            segment.Dispose();
        }

        _lock.Dispose();
    }

    private long SegmentLimit => Math.Min(SegmentBytesMax, _bytesMax / 4);

    private bool IsTooMuch(int payload) =>
        payload > SpillSegment.PayloadBytesMax || Bytes + SpillSegment.BytesOf(payload) > _bytesMax;

    private string PathOf(long number) =>
        Path.Combine(_folder, number.ToString("D10", CultureInfo.InvariantCulture) + Suffix);

    private SpillOutcome Failed(Exception fault)
    {
        Problem = fault.Message;
        return fault.HResult is NoSpace or OverQuota ? SpillOutcome.DiskFull : SpillOutcome.Failed;
    }

    private void DropEmptyEnd()
    {
        if (_segments.Last is { Value.Segment.IsRead: true } last)
        {
            Forget(last);
        }
    }

    private void Forget(LinkedListNode<(long Number, SpillSegment Segment)> node)
    {
        node.Value.Segment.Delete();
        _segments.Remove(node);
        _isLastClosed &= _segments.Count > 0;
    }

    private void Recover(Action<string>? warn)
    {
        var found = Directory.EnumerateFiles(_folder, "*" + Suffix)
            .Select(path => (Path: path, IsNumber: long.TryParse(
                Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var n), n))
            .Where(one => one.IsNumber)
            .OrderBy(one => one.n);
        foreach (var (path, _, number) in found)
        {
            var segment = SpillSegment.Open(path, out var cut);
            if (cut > 0)
            {
                warn?.Invoke($"'{path}' ended in {cut} bytes that are no whole record, and was cut");
            }

            var node = _segments.AddLast((number, segment));
            if (segment.IsRead)
            {
                Forget(node);
            }
        }

        _isLastClosed = _segments.Count > 0;
    }
}
