using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>What the readers of one poll share.</summary>
/// <param name="Files">The window on the machine.</param>
/// <param name="Writer">Takes the samples.</param>
/// <param name="Seconds">A clock that never jumps, read at the poll's start.</param>
internal readonly record struct MachinePoll(IMachineFiles Files, SampleWriter Writer, double Seconds);

/// <summary>Measures one subject of the machine.</summary>
/// <remarks>Keeps what the next poll needs for rates. What the kernel does not offer is left out in silence.</remarks>
internal interface IMachineReader
{
    /// <summary>What it reads, for messages.</summary>
    string Name { get; }

    /// <summary>Takes the samples of this poll.</summary>
    void Read(in MachinePoll poll);
}
