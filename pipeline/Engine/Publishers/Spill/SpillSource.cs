namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Where a publisher's spill lies.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="BytesMax">How many bytes it may take.</param>
/// <param name="Warn">Told what had to be cut off.</param>
internal sealed record SpillSource(string Folder, long BytesMax, Action<string>? Warn = null)
{
    /// <summary>Opens it; null while another publisher has it, such as a predecessor that still closes.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public SpillQueue? TryOpen() => SpillQueue.TryOpen(Folder, BytesMax, Warn);
}
