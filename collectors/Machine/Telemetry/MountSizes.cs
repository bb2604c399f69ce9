using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Asks for the sizes of filesystems without ever waiting long for one that hangs.</summary>
/// <remarks>
/// A dead file server holds its caller in the kernel. Remote filesystems are therefore asked from a thread of the pool,
/// for at most <see cref="WaitMax"/>; one that did not answer is not asked again until it did.
/// </remarks>
internal sealed class MountSizes(IMachineFiles files, TimeProvider time)
{
    /// <summary>How long a remote filesystem may take.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Task<FilesystemSize?>> _waiting = [];

    /// <summary>The size, or null when it cannot be told now.</summary>
    public FilesystemSize? Of(MountPoint mount)
    {
        if (!mount.IsRemote)
        {
            return files.Size(mount.Path);
        }

        if (!_waiting.TryGetValue(mount.Path, out var asked))
        {
            asked = Task.Run(() => files.Size(mount.Path));
            Task.WhenAny(asked, Task.Delay(WaitMax, time)).GetAwaiter().GetResult();
        }

        if (!asked.IsCompleted)
        {
            _waiting[mount.Path] = asked;
            return null;
        }

        _waiting.Remove(mount.Path);
        return asked.IsCompletedSuccessfully ? asked.Result : null;
    }
}
