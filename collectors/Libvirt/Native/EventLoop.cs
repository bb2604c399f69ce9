using System.Runtime.InteropServices;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>
/// libvirt's event loop, of which a process has one: it answers keep-alives and calls back for domain events.
/// </summary>
internal static unsafe class EventLoop
{
    private static readonly Lock Starting = new();
    private static bool _isRunning;

    /// <summary>Starts the loop, once; to be called before the first connection.</summary>
    /// <exception cref="LibvirtException">libvirt refused.</exception>
    public static void Start()
    {
        lock (Starting)
        {
            if (_isRunning)
            {
                return;
            }

            if (LibvirtLibrary.virInitialize() < 0)
            {
                throw LibvirtException.Last("libvirt does not start");
            }

            LibvirtLibrary.virSetErrorFunc(0, &Ignore);
            if (LibvirtLibrary.virEventRegisterDefaultImpl() < 0)
            {
                throw LibvirtException.Last("libvirt's event loop does not start");
            }

            new Thread(Run) { IsBackground = true, Name = "libvirt events" }.Start();
            _isRunning = true;
        }
    }

    private static void Run()
    {
        while (LibvirtLibrary.virEventRunDefaultImpl() >= 0)
        {
            // Each turn waits for something to do.
        }
    }

    /// <summary>Without it libvirt prints every error to standard error.</summary>
    [UnmanagedCallersOnly]
    private static void Ignore(nint data, nint error)
    {
    }
}
