using System.Security.Cryptography;
using System.Text;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Names the folders of what is spilled.</summary>
/// <remarks>A folder is named after the place and what else tells publishers apart, not after user, password and the
/// parameters of the queue: with other limits or a new password a publisher finds its records again.</remarks>
internal static class SpillFolders
{
    private const int NameBytes = 12;

    private static readonly string[] _queueParameters =
        ["policy", "max_queue_length", "max_retries", "max_retry", "timeout", "spill_max_bytes"];

    /// <summary>What opens a publisher's spill, where its policy asks for one; else null.</summary>
    /// <param name="address">The publisher's address as written.</param>
    /// <param name="noun">What is in it: <c>samples</c> or <c>events</c>.</param>
    /// <param name="queue">Its policy and limit.</param>
    /// <param name="options">The folder for all.</param>
    /// <exception cref="FormatException">There is no folder.</exception>
    public static SpillSource? Of(string address, string noun, QueueOptions queue, PublisherCatalogOptions options)
    {
        if (queue.Policy != FullQueuePolicy.Spill)
        {
            return null;
        }

        var all = options.SpillFolder
            ?? throw new FormatException("policy 'spill' needs a data folder, and there is none");
        return new SpillSource(Path.Combine(all, Name(address, noun)), queue.SpillBytesMax, options.Warn);
    }

    private static string Name(string address, string noun)
    {
        var telling = PublisherAddress.Parse(address).Parameters
            .Where(pair => !_queueParameters.Contains(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"&{pair.Key}={pair.Value}");
        var text = $"{noun} {PublisherAddress.WithoutSecrets(address)}{string.Concat(telling)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, NameBytes));
    }
}
