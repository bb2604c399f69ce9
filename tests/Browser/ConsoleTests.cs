using Microsoft.Playwright;
using Xunit;

namespace Ops.Browser;

public sealed class ConsoleTests(ConsoleTests.Started started) : IClassFixture<ConsoleTests.Started>
{
    public static TheoryData<string, string> Pages => new()
    {
        { "", "2 things are wrong" }, { "topology", "Topology" }, { "alarms", "Alarms" }, { "explore", "Metrics" },
        { "templates", "Templates" }, { "status", "Status" },
    };

    private string Url => started.Server.Url;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_loads_without_an_error_and_asks_nobody_but_loopback(string path, string title)
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        var complaints = new List<string>();
        var strangers = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, message) => complaints.Add(message);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not ("data" or "blob"), Host: not "127.0.0.1" })
            {
                strangers.Add(request.Url);
            }
        };

        await page.GotoLiveAsync($"{Url}/{path}");

        Assert.Equal(title, await page.Locator("h1").InnerTextAsync());
        Assert.Empty(complaints);
        Assert.Empty(strangers);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone_without_scrolling_sideways(string path, string title)
    {
        var page = await started.Browser.OpenAsync(Window.Phone);

        await page.GotoLiveAsync($"{Url}/{path}");

        var spare = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(spare <= 0, $"'{title}' is {spare} px too wide");
    }

    [Fact]
    public async Task A_click_on_an_entity_opens_its_detail_and_the_cross_closes_it()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/topology");

        await page.Locator(".node", new PageLocatorOptions { HasText = "postgresql" }).ClickAsync();
        var panel = page.Locator(".detail");
        await panel.Locator("h2").WaitForAsync();

        Assert.Equal("postgresql", await panel.Locator("h2").InnerTextAsync());
        Assert.Contains("Service gone", await panel.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Is connected from", await panel.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("entity=service%3A", page.Url, StringComparison.Ordinal);

        await panel.Locator(".close").ClickAsync();
        await panel.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task The_keyboard_opens_an_entity_too()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/topology");

        await page.Locator(".node", new PageLocatorOptions { HasText = "nginx" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.Locator(".detail h2").WaitForAsync();
        Assert.Equal("nginx", await page.Locator(".detail h2").InnerTextAsync());
    }

    [Fact]
    public async Task The_filter_leaves_what_bears_the_words_and_its_neighbours()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/topology");

        await page.Locator(".search").FillAsync("redis");
        await page.Locator(".node", new PageLocatorOptions { HasText = "nginx" })
            .WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        Assert.Equal(2, await page.Locator(".node").CountAsync());
        Assert.Equal(1, await page.Locator(".node.faded").CountAsync());
    }

    [Fact]
    public async Task An_alarm_opens_its_chain_down_to_the_root_cause()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/alarms");

        await page.Locator(".row", new PageLocatorOptions { HasText = "web" }).First.ClickAsync();
        await page.Locator(".detail h2").WaitForAsync();
        var panel = await page.Locator(".detail").InnerTextAsync();

        Assert.Contains("gone [on] server AND client [connects] server", panel, StringComparison.Ordinal);
        Assert.Contains("service_gone", panel, StringComparison.Ordinal);
        Assert.Contains("root cause", panel, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator(".tree .alarm-line").CountAsync());
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_chosen_and_the_choice_is_remembered()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop, ColorScheme.Dark);
        await page.GotoLiveAsync(Url);
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));

        await page.Locator(".theme-toggle").ClickAsync();
        Assert.Equal("light", await page.Locator("html").GetAttributeAsync("data-theme"));

        await page.ReloadAsync();
        Assert.Equal("light", await page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [Fact]
    public async Task The_chart_tells_the_value_beneath_the_pointer_and_the_arrow_keys_move_it()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/explore?meter=machine.disk.latency&range=15m");

        await page.Locator(".chart-plot").HoverAsync();
        await page.Locator(".chart-tip").WaitForAsync();
        var hovered = await page.Locator(".chart-tip b").InnerTextAsync();
        await page.Locator(".chart-plot").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");

        await Assertions.Expect(page.Locator(".chart-tip b")).Not.ToHaveTextAsync(hovered);
        Assert.Contains("ms", await page.Locator(".chart-tip").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_meter_is_found_by_a_word_and_shown_with_its_unit()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url + "/explore");

        await page.GetByLabel("Meter").ClickAsync();
        await page.GetByLabel("Meter").FillAsync("service memory");
        await page.Locator(".picker-item", new PageLocatorOptions { HasText = "service.memory" }).ClickAsync();

        await Assertions.Expect(page.Locator(".chart-card h2")).ToHaveTextAsync("machine.service.memory");
        await Assertions.Expect(page.Locator(".chart-unit")).ToHaveTextAsync("MiB");
        Assert.Equal(8, await page.Locator(".legend tbody tr").CountAsync());
    }

    [Fact]
    public async Task What_happens_shows_within_seconds_and_without_a_reload()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.GotoLiveAsync(Url);

        started.Server.View.Tell("redis-server came back");

        await Assertions.Expect(page.Locator(".recent")).ToContainTextAsync(
            "redis-server came back", new LocatorAssertionsToContainTextOptions { Timeout = 6000 });
    }

    [Fact]
    public async Task What_is_shown_at_first_does_not_move_when_the_page_comes_to_life()
    {
        var page = await started.Browser.OpenAsync(Window.Desktop);
        await page.AddInitScriptAsync(
            "window.moved = 0;"
            + "new PerformanceObserver(list => { for (const one of list.getEntries()) window.moved += one.value; })"
            + ".observe({ type: 'layout-shift', buffered: true });");

        await page.GotoLiveAsync(Url);

        Assert.True(await page.EvaluateAsync<double>("window.moved") < 0.01);
    }

    public sealed class Started : IAsyncLifetime
    {
        internal ConsoleServer Server { get; private set; } = null!;

        internal BrowserRun Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await ConsoleServer.StartAsync();
            Browser = await BrowserRun.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
