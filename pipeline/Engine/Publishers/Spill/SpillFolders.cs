using System.Security.Cryptography;
using System.Text;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Opens the part of a queue that lies on disk.</summary>
internal static class SpillFolders
{
    private const int NameBytes = 12;

    /// <summary>Opens a publisher's spill where its policy asks for one; else null.</summary>
    /// <param name="address">The publisher's address as written.</param>
    /// <param name="noun">What is in it: <c>samples</c> or <c>events</c>.</param>
    /// <param name="queue">Its policy and limit.</param>
    /// <param name="options">The folder for all.</param>
    /// <exception cref="FormatException">There is no folder.</exception>
    /// <exception cref="IOException">Another has it open, or the disk refused.</exception>
    public static SpillQueue? Open(string address, string noun, QueueOptions queue, PublisherCatalogOptions options)
    {
        if (queue.Policy != FullQueuePolicy.Spill)
        {
            return null;
        }

        var folder = options.SpillFolder
            ?? throw new FormatException("policy 'spill' needs a data folder, and there is none");
        return SpillQueue.Open(Path.Combine(folder, Name(address, noun)), queue.SpillBytesMax, options.Warn);
    }

    private static string Name(string address, string noun) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{noun} {address}")).AsSpan(0, NameBytes));
}
