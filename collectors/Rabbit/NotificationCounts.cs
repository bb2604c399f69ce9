namespace Ops.Collectors.Rabbit;

/// <summary>
/// What became of messages. At rest: received = accepted + duplicates + sent back + dead + interrupted.
/// </summary>
internal sealed class NotificationCounts
{
    private long _received;
    private long _accepted;
    private long _duplicates;
    private long _redelivered;
    private long _dead;
    private long _interrupted;
    private long _connections;

    public long Received => Interlocked.Read(ref _received);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long Redelivered => Interlocked.Read(ref _redelivered);

    public long Dead => Interlocked.Read(ref _dead);

    public long Interrupted => Interlocked.Read(ref _interrupted);

    public long Connections => Interlocked.Read(ref _connections);

    public void Receive() => Interlocked.Increment(ref _received);

    public void Accept() => Interlocked.Increment(ref _accepted);

    public void Repeat() => Interlocked.Increment(ref _duplicates);

    public void Redeliver() => Interlocked.Increment(ref _redelivered);

    public void Bury() => Interlocked.Increment(ref _dead);

    public void Interrupt() => Interlocked.Increment(ref _interrupted);

    public void Connect() => Interlocked.Increment(ref _connections);

    public override string ToString() =>
        $"{Received} received, {Accepted} accepted, {Duplicates} duplicates, {Redelivered} sent back, "
        + $"{Dead} dead letters, {Interrupted} interrupted";
}
