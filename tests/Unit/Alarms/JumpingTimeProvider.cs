using Microsoft.Extensions.Time.Testing;

namespace Ops.Unit.Alarms;

/// <summary>A fake clock whose wall time can be set wrong while its timers run on.</summary>
internal sealed class JumpingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How far the wall clock is from the time that passed.</summary>
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
