using System.Runtime.InteropServices;
using Ops.Collectors.Libvirt.Domains;
using static Ops.Collectors.Libvirt.Native.LibvirtLibrary;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>A connection through <c>libvirt.so.0</c>.</summary>
internal sealed unsafe class NativeConnection(nint connection) : ILibvirtConnection
{
    /// <summary>The most bytes of a domain's description.</summary>
    private const int XmlBytesMax = 1 << 20;
    private const int UuidBytes = 37;

    private nint _connection = connection;
    private uint _statsFlags = StatsNoWait;
    private EventSubscription? _subscription;

    /// <inheritdoc/>
    public bool IsAlive => _connection != 0 && virConnectIsAlive(_connection) == 1;

    /// <inheritdoc/>
    public DomainListing Read()
    {
        StatsRecord** records = null;
        var count = virConnectGetAllDomainStats(_connection, StatsGroups, &records, _statsFlags);
        if (count < 0)
        {
            var error = LibvirtException.Last("cannot read the figures of the domains");
            if (!error.IsUnknownFlag || _statsFlags == 0)
            {
                throw error;
            }

            _statsFlags = 0;
            return Read();
        }

        var (domains, faults) = (new List<RawDomain>(count), new List<DomainFault>());
        try
        {
            for (var i = 0; i < count; i++)
            {
                Add(records[i], domains, faults);
            }
        }
        finally
        {
            virDomainStatsRecordListFree(records);
        }

        return new DomainListing(domains, faults);
    }

    /// <inheritdoc/>
    public IReadOnlyList<DiskSpace> ReadSpace(string uuid, IReadOnlyList<string> devices)
    {
        var domain = virDomainLookupByUUIDString(_connection, uuid);
        if (domain == 0)
        {
            throw LibvirtException.Last($"cannot find the domain {uuid}");
        }

        try
        {
            var spaces = new List<DiskSpace>(devices.Count);
            foreach (var device in devices)
            {
                BlockInfo info;
                if (virDomainGetBlockInfo(domain, device, &info, 0) < 0)
                {
                    throw LibvirtException.Last($"cannot read the sizes of {device} of the domain {uuid}");
                }

                spaces.Add(new DiskSpace(device, info.Capacity, info.Allocation, info.Physical));
            }

            return spaces;
        }
        finally
        {
            _ = virDomainFree(domain);
        }
    }

    /// <inheritdoc/>
    public void Watch(Action<DomainEvent> onEvent) => _subscription ??= new EventSubscription(_connection, onEvent);

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
        if (_connection != 0)
        {
            _ = virConnectClose(_connection);
            _connection = 0;
        }
    }

    private static void Add(StatsRecord* record, List<RawDomain> domains, List<DomainFault> faults)
    {
        var uuid = Uuid(record->Domain);
        var name = Marshal.PtrToStringUTF8(virDomainGetName(record->Domain)) ?? "";
        var xml = virDomainGetXMLDesc(record->Domain, 0);
        if (xml == 0)
        {
            var error = LibvirtException.Last($"cannot read the description of {name}");
            if (error.IsDisconnection)
            {
                throw error;
            }

            if (!error.IsGone)
            {
                faults.Add(new DomainFault(uuid, error.Message));
            }

            return;
        }

        try
        {
            if (MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)xml).Length > XmlBytesMax)
            {
                faults.Add(new DomainFault(uuid, $"the description of {name} exceeds {XmlBytesMax} bytes"));
                return;
            }

            var stats = TypedParameters.Read(record->Parameters, record->Count);
            AddInfo(record->Domain, stats);
            domains.Add(new RawDomain(uuid, name, Marshal.PtrToStringUTF8(xml) ?? "", stats));
        }
        finally
        {
            Free(xml);
        }
    }

    /// <summary>A hypervisor that gives no CPU figures may still know the total.</summary>
    private static void AddInfo(nint domain, DomainStats stats)
    {
        DomainInfo info;
        if (stats["cpu.time"] is null && virDomainGetInfo(domain, &info) == 0)
        {
            stats.Add("cpu.time", info.CpuTimeNs);
            stats.AddMissing("vcpu.current", info.Cpus);
            stats.AddMissing("state.state", info.State);
        }
    }

    internal static string Uuid(nint domain)
    {
        var text = stackalloc byte[UuidBytes];
        return virDomainGetUUIDString(domain, text) < 0 ? "" : Marshal.PtrToStringUTF8((nint)text) ?? "";
    }
}
