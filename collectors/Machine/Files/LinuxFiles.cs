using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ops.Collectors.Machine.Files;

/// <summary>The files of the machine that the program runs on.</summary>
internal sealed class LinuxFiles : IMachineFiles
{
    private readonly byte[] _linkTarget = new byte[4096];
    private byte[] _content = new byte[64 << 10];

    /// <inheritdoc/>
    public FileAnswer Read(string path, out ReadOnlySpan<byte> content, int bytesMax = IMachineFiles.BytesMax)
    {
        content = default;
        try
        {
            using var file =
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            content = ReadAll(file, bytesMax);
            return FileAnswer.Ok;
        }
        catch (UnauthorizedAccessException)
        {
            return FileAnswer.Denied;
        }
        catch (IOException)
        {
            return FileAnswer.Missing;
        }
    }

    /// <inheritdoc/>
    public FileAnswer List(string folder, List<string> names)
    {
        names.Clear();
        try
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
            {
                names.Add(entry[(entry.LastIndexOf('/') + 1)..]);
            }

            return FileAnswer.Ok;
        }
        catch (UnauthorizedAccessException)
        {
            return FileAnswer.Denied;
        }
        catch (IOException)
        {
            return FileAnswer.Missing;
        }
    }

    /// <inheritdoc/>
    public string? ReadLink(string path)
    {
        var length = readlink(path, _linkTarget, _linkTarget.Length);
        return length <= 0 ? null : Encoding.UTF8.GetString(_linkTarget, 0, (int)length);
    }

    /// <inheritdoc/>
    public FilesystemSize? Size(string mountPoint)
    {
        if (statvfs(mountPoint, out var found) != 0)
        {
            return null;
        }

        var unit = (long)(found.FragmentBytes == 0 ? found.BlockBytes : found.FragmentBytes);
        return new FilesystemSize(
            (long)found.Blocks * unit,
            (long)found.BlocksFree * unit,
            (long)found.BlocksAvailable * unit,
            (long)found.Files,
            (long)found.FilesFree);
    }

    private ReadOnlySpan<byte> ReadAll(SafeFileHandle file, int bytesMax)
    {
        var length = 0;
        while (true)
        {
            if (length == _content.Length)
            {
                Array.Resize(ref _content, _content.Length * 2);
            }

            var read = RandomAccess.Read(file, _content.AsSpan(length), length);
            length += read;
            if (read == 0 || length >= bytesMax)
            {
                return _content.AsSpan(0, length);
            }
        }
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint readlink(string path, byte[] target, nint size);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int statvfs(string path, out StatVfs found);

    /// <summary><c>struct statvfs</c> as 64-bit Linux lays it out, with room for what follows.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct StatVfs
    {
        public ulong BlockBytes;
        public ulong FragmentBytes;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
        public ulong FilesAvailable;
    }
}
