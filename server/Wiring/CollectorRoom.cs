using Ops.Collectors;

namespace Ops.Server.Wiring;

/// <summary>Builds what polls and listens, as <c>ops.yaml</c> asks for it.</summary>
internal static class CollectorRoom
{
    public static IReadOnlyList<ICollector> Build(StartConfiguration start, CollectorOutlets outlets, RoomLog log)
    {
        var all = new List<ICollector>();
        return all;
    }
}
