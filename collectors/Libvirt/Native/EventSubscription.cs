using System.Runtime.InteropServices;
using Ops.Collectors.Libvirt.Domains;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>A subscription to the lifecycle of all domains of a connection.</summary>
internal sealed unsafe class EventSubscription : IDisposable
{
    private readonly nint _connection;
    private readonly int _id;

    /// <summary>Subscribes.</summary>
    /// <exception cref="LibvirtException">The hypervisor has no events.</exception>
    public EventSubscription(nint connection, Action<DomainEvent> onEvent)
    {
        _connection = connection;
        var handle = GCHandle.ToIntPtr(GCHandle.Alloc(onEvent));
        _id = LibvirtLibrary.virConnectDomainEventRegisterAny(
            connection, 0, LibvirtLibrary.LifecycleEvent, &OnEvent, handle, &Free);
        if (_id < 0)
        {
            GCHandle.FromIntPtr(handle).Free();
            throw LibvirtException.Last("the hypervisor tells of no events");
        }
    }

    /// <summary>Unsubscribes; libvirt then frees what it was given.</summary>
    public void Dispose() => _ = LibvirtLibrary.virConnectDomainEventDeregisterAny(_connection, _id);

    [UnmanagedCallersOnly]
    private static void OnEvent(nint connection, nint domain, int kind, int detail, nint opaque)
    {
        var name = Marshal.PtrToStringUTF8(LibvirtLibrary.virDomainGetName(domain)) ?? "";
        if (GCHandle.FromIntPtr(opaque).Target is Action<DomainEvent> onEvent)
        {
            onEvent(new DomainEvent(NativeConnection.Uuid(domain), name, kind));
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(nint opaque) => GCHandle.FromIntPtr(opaque).Free();
}
