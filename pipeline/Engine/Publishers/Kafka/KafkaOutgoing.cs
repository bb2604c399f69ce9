namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>What became of a message.</summary>
internal enum OutgoingState
{
    /// <summary>Not known yet, or worth another try.</summary>
    Open,

    /// <summary>The broker has it.</summary>
    Sent,

    /// <summary>The broker will never take it.</summary>
    Refused,
}

/// <summary>A message on its way, and what became of it over all tries.</summary>
/// <param name="key">Chooses the partition.</param>
/// <param name="value">The body.</param>
/// <param name="samples">How many samples it holds.</param>
internal sealed class KafkaOutgoing(byte[] key, byte[] value, int samples)
{
    private int _state;

    public byte[] Key => key;

    public byte[] Value => value;

    public int Samples => samples;

    /// <summary>Sent and refused are final.</summary>
    public OutgoingState State
    {
        get => (OutgoingState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }
}
