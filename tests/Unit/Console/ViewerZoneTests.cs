using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Ops.Console.Live;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ViewerZoneTests
{
    [Fact]
    public void The_zone_is_the_browsers_when_its_cookie_tells_it() =>
        Assert.Equal(
            "2026-03-10T21:00:00+09:00", With("Asia/Tokyo").Local(Some.Now).ToString("yyyy-MM-ddTHH:mm:sszzz"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nowhere/Land")]
    [InlineData("../../etc/passwd")]
    public void A_zone_that_does_not_exist_is_the_servers(string? cookie) =>
        Assert.Equal(TimeZoneInfo.Utc, With(cookie).Zone);

    private static ViewerZone With(string? cookie)
    {
        var context = new DefaultHttpContext();
        if (cookie is not null)
        {
            context.Request.Headers.Cookie = $"ops-zone={cookie}";
        }

        return new ViewerZone(new FakeTimeProvider(), new HttpContextAccessor { HttpContext = context });
    }
}
