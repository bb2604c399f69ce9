using Microsoft.Playwright;

namespace Ops.Browser;

/// <summary>Debian's Chromium, headless, driven by Playwright.</summary>
internal sealed class BrowserRun : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserRun(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<BrowserRun> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("OPS_CHROMIUM") ?? Executable,
            Args = Arguments,
        });
        return new BrowserRun(playwright, browser);
    }

    /// <summary>A page of its own context, in a window of that size.</summary>
    public async Task<IPage> OpenAsync(Window window, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = window.Width, Height = window.Height },
            ColorScheme = scheme,
            HasTouch = window.IsPhone,
            DeviceScaleFactor = window.IsPhone ? 2 : 1,
            TimezoneId = "Europe/Berlin",
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>The size of a window, px.</summary>
internal sealed record Window(string Name, int Width, int Height)
{
    public static readonly Window Desktop = new("desktop", 1280, 800);
    public static readonly Window Phone = new("phone", 390, 844);

    public bool IsPhone => Width < 600;
}
