using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class SeverityTests
{
    [Theory]
    [InlineData("CRITICAL", Severity.Critical)]
    [InlineData("disaster", Severity.Critical)]
    [InlineData("WARNING", Severity.Warning)]
    [InlineData("never heard of", Severity.Warning)]
    [InlineData(null, Severity.Warning)]
    [InlineData("Information", Severity.Info)]
    [InlineData("OK", Severity.Fine)]
    public void Every_monitors_word_has_a_grade(string? word, Severity grade) =>
        Assert.Equal(grade, Severities.Of(word));

    [Theory]
    [InlineData("ERROR", "DOWN", Severity.Critical)]
    [InlineData(null, "DOWN", Severity.Critical)]
    [InlineData("SUBOPTIMAL", "ACTIVE", Severity.Warning)]
    [InlineData("OK", "SUBOPTIMAL", Severity.Warning)]
    [InlineData("OK", "ACTIVE", Severity.Fine)]
    [InlineData(null, null, Severity.Fine)]
    public void A_state_has_the_worse_grade_of_its_two_words(string? operational, string? state, Severity grade) =>
        Assert.Equal(grade, Severities.OfState(operational, state));
}
