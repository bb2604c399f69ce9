using Microsoft.Playwright;

namespace Ops.Browser;

/// <summary>Steps that tests and shots share.</summary>
internal static class PageSteps
{
    /// <summary>Goes there and waits until the page answers to the user.</summary>
    public static async Task GotoLiveAsync(this IPage page, string url)
    {
        await page.GotoAsync(url, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await page.Locator("html[data-live]")
            .WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        if (url.Contains("/topology", StringComparison.Ordinal))
        {
            await page.Locator(".node").First.WaitForAsync();
        }
    }
}
