using System.Runtime.InteropServices;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>The functions of <c>libvirt.so.0</c> that the compute agent calls.</summary>
/// <remarks>
/// Source: libvirt's C interface, 4.5 and later. Errors are kept by libvirt per thread: what failed must be asked for
/// on the thread that called.
/// </remarks>
internal static unsafe partial class LibvirtLibrary
{
    /// <summary>The library's file name.</summary>
    public const string Name = "libvirt.so.0";

    /// <summary>State, CPU, balloon, vCPU, interface, block and perf figures.</summary>
    public const uint StatsGroups = 127;

    /// <summary>Leave out what a busy guest would make the caller wait for.</summary>
    public const uint StatsNoWait = 1u << 29;

    /// <summary>The number of the lifecycle event.</summary>
    public const int LifecycleEvent = 0;

    [LibraryImport(Name)]
    public static partial int virInitialize();

    [LibraryImport(Name)]
    public static partial void virSetErrorFunc(nint data, delegate* unmanaged<nint, nint, void> handler);

    [LibraryImport(Name)]
    public static partial int virEventRegisterDefaultImpl();

    [LibraryImport(Name)]
    public static partial int virEventRunDefaultImpl();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint virConnectOpenReadOnly(string uri);

    [LibraryImport(Name)]
    public static partial int virConnectClose(nint connection);

    [LibraryImport(Name)]
    public static partial int virConnectIsAlive(nint connection);

    [LibraryImport(Name)]
    public static partial int virConnectSetKeepAlive(nint connection, int intervalSeconds, uint count);

    [LibraryImport(Name)]
    public static partial int virConnectGetAllDomainStats(
        nint connection, uint groups, StatsRecord*** records, uint flags);

    [LibraryImport(Name)]
    public static partial void virDomainStatsRecordListFree(StatsRecord** records);

    [LibraryImport(Name)]
    public static partial nint virDomainGetName(nint domain);

    [LibraryImport(Name)]
    public static partial int virDomainGetUUIDString(nint domain, byte* text);

    [LibraryImport(Name)]
    public static partial nint virDomainGetXMLDesc(nint domain, uint flags);

    [LibraryImport(Name)]
    public static partial int virDomainGetInfo(nint domain, DomainInfo* info);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint virDomainLookupByUUIDString(nint connection, string uuid);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int virDomainGetBlockInfo(nint domain, string device, BlockInfo* info, uint flags);

    [LibraryImport(Name)]
    public static partial int virDomainFree(nint domain);

    [LibraryImport(Name)]
    public static partial int virConnectDomainEventRegisterAny(
        nint connection, nint domain, int eventId, delegate* unmanaged<nint, nint, int, int, nint, void> callback,
        nint opaque, delegate* unmanaged<nint, void> free);

    [LibraryImport(Name)]
    public static partial int virConnectDomainEventDeregisterAny(nint connection, int callbackId);

    [LibraryImport(Name)]
    public static partial int virGetLastErrorCode();

    [LibraryImport(Name)]
    public static partial int virGetLastErrorDomain();

    [LibraryImport(Name)]
    public static partial nint virGetLastErrorMessage();

    [LibraryImport("libc", EntryPoint = "free")]
    public static partial void Free(nint pointer);

    /// <summary>A domain and its figures.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StatsRecord
    {
        public nint Domain;
        public TypedParameter* Parameters;
        public int Count;
    }

    /// <summary>A named value; the union at its end is read by <see cref="Type"/>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 96)]
    public struct TypedParameter
    {
        [FieldOffset(0)]
        public fixed byte Field[80];

        [FieldOffset(80)]
        public int Type;

        [FieldOffset(88)]
        public int Int;

        [FieldOffset(88)]
        public uint UInt;

        [FieldOffset(88)]
        public long Long;

        [FieldOffset(88)]
        public ulong ULong;

        [FieldOffset(88)]
        public double Double;

        [FieldOffset(88)]
        public byte Boolean;

        [FieldOffset(88)]
        public nint Text;
    }

    /// <summary>What every hypervisor says of a domain; memory in KiB.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct DomainInfo
    {
        public byte State;
        public nuint MaxMemoryKib;
        public nuint MemoryKib;
        public ushort Cpus;
        public ulong CpuTimeNs;
    }

    /// <summary>The sizes of a disk, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct BlockInfo
    {
        public ulong Capacity;
        public ulong Allocation;
        public ulong Physical;
    }
}
