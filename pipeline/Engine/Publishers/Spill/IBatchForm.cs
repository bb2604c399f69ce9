using System.Buffers;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>What a queue needs to know of the batches in it.</summary>
internal interface IBatchForm<T>
    where T : class
{
    /// <summary>What the items are called: <c>samples</c> or <c>events</c>.</summary>
    string Noun { get; }

    /// <summary>How many items a batch holds.</summary>
    int Count(T batch);

    /// <summary>Writes a batch as a record.</summary>
    void Write(T batch, IBufferWriter<byte> output);

    /// <summary>Reads a record; null when it is none.</summary>
    T? Read(ReadOnlySpan<byte> record);

    /// <summary>Gives back what a batch holds.</summary>
    void Release(T batch);
}
