using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>
/// What the files of <c>meters.d</c> say: which samples are made of which notifications. Immutable.
/// </summary>
/// <remarks>
/// A name that occurs twice counts once: the last one of a file, and the one of the first file by name. Source:
/// Ceilometer 19.
/// </remarks>
public sealed class MeterDefinitions
{
    internal MeterDefinitions(IReadOnlyList<MeterDefinition> all) => All = all;

    /// <summary>No definitions.</summary>
    public static MeterDefinitions Empty { get; } = new([]);

    /// <summary>How many definitions there are.</summary>
    public int Count => All.Count;

    /// <summary>The names of the meters as the files write them: plain names, or paths that find names.</summary>
    public IEnumerable<string> Names => All.Select(definition => definition.Key);

    internal IReadOnlyList<MeterDefinition> All { get; }

    /// <summary>Reads files; null with faults where one of them is wrong.</summary>
    /// <param name="files">The documents in the order of their files' names; null for an empty one.</param>
    /// <param name="faults">Takes every fault; a name that occurs twice is a warning.</param>
    public static MeterDefinitions? Read(IEnumerable<ConfigNode?> files, ConfigFaults faults) =>
        new MeterDefinitionsReader(faults).Read(files);
}
