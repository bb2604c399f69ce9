using Xunit;

namespace Ops.Integration;

public sealed class ProgramTests
{
    [Fact]
    public void The_program_has_an_entry_point() => Assert.NotNull(typeof(Ops.Server.Program).GetMethod("Main"));
}
