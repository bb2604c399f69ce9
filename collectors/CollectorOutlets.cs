using Ops.Model;

namespace Ops.Collectors;

/// <summary>Where a collector hands over what it brings, and what it needs from the roof.</summary>
/// <param name="Catalog">Interns series.</param>
/// <param name="Samples">Takes samples; waits where it is full, and that holds the collector back.</param>
/// <param name="Observations">Takes what was seen of entities.</param>
/// <param name="Events">Takes events.</param>
/// <param name="Alarms">Takes alarms that other monitors raised.</param>
/// <param name="Time">The clock.</param>
/// <param name="Report">Told, in one line for people, of what went wrong and of what is well again.</param>
public sealed record CollectorOutlets(
    SeriesCatalog Catalog,
    ISampleSink Samples,
    IObservationSink Observations,
    IEventSink Events,
    IAlarmSink Alarms,
    TimeProvider Time,
    Action<string> Report);
