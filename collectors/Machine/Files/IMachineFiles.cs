namespace Ops.Collectors.Machine.Files;

/// <summary>What became of an attempt to read something of the machine.</summary>
internal enum FileAnswer
{
    /// <summary>It was read.</summary>
    Ok,

    /// <summary>It is not there, or went away meanwhile.</summary>
    Missing,

    /// <summary>The kernel refused.</summary>
    Denied,
}

/// <summary>The size of a filesystem.</summary>
/// <param name="SizeBytes">All blocks.</param>
/// <param name="FreeBytes">Blocks free for anybody, root included.</param>
/// <param name="AvailableBytes">Blocks free for an ordinary user.</param>
/// <param name="Inodes">All inodes; 0 where the filesystem does not count them.</param>
/// <param name="InodesFree">Inodes free.</param>
internal readonly record struct FilesystemSize(
    long SizeBytes, long FreeBytes, long AvailableBytes, long Inodes, long InodesFree);

/// <summary>
/// The only window on the machine: text files, folders and links of <c>/proc</c>, <c>/sys</c>, and sizes.
/// </summary>
/// <remarks>One caller at a time.</remarks>
internal interface IMachineFiles
{
    /// <summary>The most bytes that are read of one file.</summary>
    public const int BytesMax = 16 << 20;

    /// <summary>Reads a file from its start.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="content">The bytes, valid until the next call; empty unless the answer is Ok.</param>
    /// <param name="bytesMax">Stop after about as many bytes.</param>
    FileAnswer Read(string path, out ReadOnlySpan<byte> content, int bytesMax = BytesMax);

    /// <summary>Replaces <paramref name="names"/> by the names in a folder.</summary>
    FileAnswer List(string folder, List<string> names);

    /// <summary>The target of a symbolic link as written; null when it cannot be read.</summary>
    string? ReadLink(string path);

    /// <summary>The size of the filesystem mounted there; null when it cannot be told.</summary>
    FilesystemSize? Size(string mountPoint);
}
