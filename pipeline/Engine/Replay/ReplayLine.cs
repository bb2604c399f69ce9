using Ops.Model;

namespace Ops.Pipeline.Replay;

/// <summary>What a line of a replay's input says.</summary>
internal abstract record ReplayLine;

/// <summary>A sample to publish.</summary>
internal sealed record SampleLine(Sample Sample) : ReplayLine;

/// <summary>A sample that cannot be taken, and why.</summary>
internal sealed record DroppedLine(string Reason, string Problem) : ReplayLine;

/// <summary>The end of a publication.</summary>
internal sealed record FlushLine : ReplayLine;

/// <summary>The clock is set.</summary>
internal sealed record NowLine(long Ns) : ReplayLine;
