using System.Text.RegularExpressions;
using CsCheck;
using Ops.Collectors.HttpChecks;
using Xunit;

namespace Ops.Unit.Collectors.HttpChecks;

public sealed class HttpExpectationTests
{
    [Theory]
    [InlineData("2xx", 204, null)]
    [InlineData("2xx", 302, "answered 302, expected 2xx")]
    [InlineData("200,404", 404, null)]
    [InlineData("200,3xx", 500, "answered 500, expected 200 or 3xx")]
    public void The_status_must_be_one_of_those(string allowed, int status, string? problem) => Assert.Equal(
        problem,
        new HttpExpectation { Status = allowed.Split(',') }.Judge(status, () => "", TimeSpan.Zero));

    [Fact]
    public void The_body_must_hold_what_is_named()
    {
        var expect = new HttpExpectation { BodyContains = "\"ok\"" };
        Assert.Null(expect.Judge(200, () => "{\"status\":\"ok\"}", TimeSpan.Zero));
        Assert.Equal("the body does not contain '\"ok\"'", expect.Judge(200, () => "OK", TimeSpan.Zero));
    }

    [Fact]
    public void The_body_must_match_the_pattern()
    {
        var expect = new HttpExpectation { BodyRegex = new Regex("v[0-9]+$", RegexOptions.NonBacktracking) };
        Assert.Null(expect.Judge(200, () => "release v12", TimeSpan.Zero));
        Assert.Equal("the body does not match 'v[0-9]+$'", expect.Judge(200, () => "v12 ", TimeSpan.Zero));
    }

    [Fact]
    public void The_answer_must_come_within_its_time()
    {
        var expect = new HttpExpectation { Within = TimeSpan.FromMilliseconds(250) };
        Assert.Null(expect.Judge(200, () => "", TimeSpan.FromMilliseconds(250)));
        Assert.Equal("took longer than 0.25 s", expect.Judge(200, () => "", TimeSpan.FromMilliseconds(251)));
    }

    [Fact]
    public void A_body_that_does_not_matter_is_not_looked_at() =>
        Assert.Null(new HttpExpectation().Judge(200, () => throw new InvalidOperationException(), TimeSpan.Zero));

    [Fact]
    public void Any_body_is_judged_in_little_time()
    {
        var expect = new HttpExpectation { BodyRegex = new Regex("(a+)+$", RegexOptions.NonBacktracking) };
        Gen.Int[0, 100_000].Sample(
            length => expect.Judge(200, () => new string('a', length) + "b", TimeSpan.Zero) is not null, iter: 20);
    }
}
