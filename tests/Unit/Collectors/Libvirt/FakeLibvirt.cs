using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Native;

namespace Ops.Unit.Collectors.Libvirt;

/// <summary>A hypervisor that says what the test tells it to.</summary>
internal sealed class FakeLibvirt : ILibvirt, ILibvirtConnection
{
    public List<RawDomain> Domains { get; } = [SomeDomain.Running()];

    public Queue<Exception> Failures { get; } = [];

    public Exception? SpaceFails { get; set; }

    public Exception? WatchFails { get; set; }

    public ManualResetEventSlim? Blocks { get; set; }

    public Action<DomainEvent>? OnEvent { get; private set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public int Reads { get; private set; }

    public bool IsAlive => Opened > Closed;

    public static LibvirtException Disconnected => new(38, 7, "cannot read: connection reset");

    public static LibvirtException Unsupported => new(84, 10, "not supported");

    public ILibvirtConnection Open(string uri)
    {
        if (Failures.TryPeek(out var fault) && fault is LibvirtException { Code: 0 or 5 })
        {
            throw Failures.Dequeue();
        }

        Opened++;
        return this;
    }

    public DomainListing Read()
    {
        Reads++;
        Blocks?.Wait();
        return Failures.TryDequeue(out var fault) ? throw fault : new DomainListing([.. Domains], []);
    }

    public IReadOnlyList<DiskSpace> ReadSpace(string uuid, IReadOnlyList<string> devices) => SpaceFails is not null
        ? throw SpaceFails
        : [.. devices.Select((device, i) => new DiskSpace(device, 100 + i, 10 + i, 50 + i))];

    public void Watch(Action<DomainEvent> onEvent) => OnEvent = WatchFails is null ? onEvent : throw WatchFails;

    public void Dispose() => Closed++;
}
