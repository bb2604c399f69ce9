using Xunit;

namespace Ops.Browser;

public sealed class ShotsTests
{
    /// <summary>With OPS_SHOTS=url,folder it shoots that server instead of the fake one.</summary>
    [Fact]
    public async Task Every_page_can_be_shot_in_both_themes_and_both_sizes()
    {
        var wanted = Environment.GetEnvironmentVariable("OPS_SHOTS")?.Split(',', 2);
        await using var server = await ConsoleServer.StartAsync();
        var url = wanted is { Length: 2 } && wanted[0].Length > 0 ? wanted[0] : server.Url;
        var folder = wanted is { Length: 2 } ? wanted[1] : Directory.CreateTempSubdirectory("ops-shots").FullName;

        await Shots.TakeAsync(url, folder);

        if (url == server.Url)
        {
            server.View.Extra = 40;
            await Shots.TakeOneAsync(url + "/topology", Path.Combine(folder, "large-topology.png"), Window.Desktop);
            server.View.Calm = true;
            await Shots.TakeOneAsync(url, Path.Combine(folder, "calm-overview.png"), Window.Desktop);
        }

        Assert.True(Directory.GetFiles(folder, "*.png").Length >= 24);
        if (wanted is null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
