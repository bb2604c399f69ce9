using Microsoft.Playwright;

namespace Ops.Browser;

/// <summary>Takes a picture of every page, light and dark, on a desktop and on a phone.</summary>
internal static class Shots
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", ""), ("topology", "topology"), ("alarms", "alarms"), ("metrics", "explore"),
        ("templates", "templates"),
        ("status", "status"),
    ];

    /// <summary>Shoots the console at that address into a folder, as <c>page-theme-window.png</c>.</summary>
    public static async Task TakeAsync(string url, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var browser = await BrowserRun.StartAsync();
        foreach (var window in new[] { Window.Desktop, Window.Phone })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var page = await browser.OpenAsync(window, scheme);
                foreach (var (name, path) in Pages)
                {
                    await page.GotoLiveAsync($"{url.TrimEnd('/')}/{path}");
                    await OpenFirstAsync(page, name, window);
                    var file = $"{name}-{scheme.ToString().ToLowerInvariant()}-{window.Name}.png";
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file) });
                }

                await page.Context.CloseAsync();
            }
        }
    }

    /// <summary>Shoots one page as it opens.</summary>
    public static async Task TakeOneAsync(
        string url, string file, Window window, ColorScheme scheme = ColorScheme.Light)
    {
        await using var browser = await BrowserRun.StartAsync();
        var page = await browser.OpenAsync(window, scheme);
        await page.GotoLiveAsync(url);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
    }

    /// <summary>Opens what a page has to show: the last alarm of a chain, a troubled entity, a value on the
    /// chart.</summary>
    private static async Task OpenFirstAsync(IPage page, string name, Window window)
    {
        var target = name switch
        {
            "alarms" => page.Locator(".row:has(.deduced)"),
            "topology" when !window.IsPhone => page.Locator(".node-critical, .node-warning"),
            "metrics" => page.Locator(".chart-plot"),
            _ => null,
        };
        if (target is null || await target.CountAsync() == 0)
        {
            return;
        }

        if (name == "metrics")
        {
            await target.First.HoverAsync();
            await page.Locator(".chart-tip").WaitForAsync();
        }
        else
        {
            await target.Last.ClickAsync();
            await page.Locator(".detail h2").First.WaitForAsync();
        }
    }
}
