using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using Ops.Console.Charts;
using Ops.Console.Live;
using Ops.Console.Pages;
using Ops.Console.Parts;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class PagesTests : BunitContext
{
    private readonly FakeView _view = new();

    public PagesTests()
    {
        Services.AddSingleton<IOpsView>(_view);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Now));
        Services.AddSingleton<LiveFeed>();
        Services.AddHttpContextAccessor();
        Services.AddScoped<ViewerZone>();
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void The_overview_says_calmly_that_all_is_well()
    {
        var page = Render<OverviewPage>();

        Assert.Equal("All is well", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(".problem"));
        Assert.Contains("store", page.Find(".parts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_overview_puts_the_root_cause_before_its_impact()
    {
        _view.AlarmList.Add(Some.Alarm("api", name: "dependency lost", resource: "api", causes: "db"));
        _view.AlarmList.Add(Some.Alarm("db", severity: "CRITICAL"));

        var page = Render<OverviewPage>();

        Assert.Equal("Service gone on db makes another suffer: api.", page.Find(".problem h2 span").TextContent);
        Assert.Equal(["root cause", "by db"], page.FindAll(".role").Select(role => role.TextContent));
        Assert.Equal("alarms?id=db", page.Find(".chain a").GetAttribute("href"));
    }

    [Fact]
    public void A_page_that_cannot_load_says_why_and_stays()
    {
        _view.Breaks = new InvalidOperationException("the graph is loading");

        var page = Render<OverviewPage>();

        Assert.Equal(
            "This page could not be brought up to date: the graph is loading", page.Find(".fault span").TextContent);
    }

    [Fact]
    public void The_alarms_are_filtered_as_one_types()
    {
        _view.AlarmList.Add(Some.Alarm("1"));
        _view.AlarmList.Add(Some.Alarm("2", resource: "web"));
        _view.AlarmList.Add(Some.Alarm("3", resource: "quiet") with { State = "ok" });
        var page = Render<AlarmsPage>();
        Assert.Equal("2 alarms", page.Find(".count").TextContent);

        page.Find(".search").Input("web");
        Assert.Equal("1 of 2 alarms", page.Find(".count").TextContent);

        page.Find(".search").Input("");
        page.Find(".check input").Change(true);
        Assert.Equal("3 alarms", page.Find(".count").TextContent);
    }

    [Fact]
    public void An_alarm_that_is_gone_is_said_to_be()
    {
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()
            .NavigateTo("alarms?id=nowhere");

        var page = Render<AlarmsPage>();

        Assert.Contains("No alarm has the id nowhere.", page.Find(".detail").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chain_names_template_scenario_condition_and_what_matched()
    {
        var root = new WhyView(Some.Alarm("db"), [], [], []);
        var derivation = new DerivationView(
            "service_gone", 1, "gone [on] server", Some.Now.AddMinutes(-3),
            [new MatchedView("server", "RESOURCE", "service", "atlas/service/db", null)]);

        var panel = Render<WhyPanel>(
            set => set.Add(one => one.Why, new WhyView(Some.Alarm("api", causes: "db"), [derivation], [root], [])));

        var why = panel.Find(".derivation").TextContent;
        Assert.Contains("scenario 1, holds since 3 min ago", why, StringComparison.Ordinal);
        Assert.Equal("gone [on] server", panel.Find(".condition").TextContent);
        Assert.Equal("db", panel.Find(".matched b").TextContent);
        Assert.Equal("root cause", panel.Find(".tree .role").TextContent);
    }

    [Fact]
    public void A_refused_template_comes_first_with_what_is_wrong()
    {
        _view.TemplateList.Add(new TemplateView("good", "3", "ok", "Knows.", "good.yaml", 2, 1));
        _view.TemplateList.Add(new TemplateView("bad", "3", "bad.yaml:1:2: wrong", null, "bad.yaml", 0, 0));

        var page = Render<TemplatesPage>();

        Assert.Equal(["bad", "good"], page.FindAll("h2 span").Select(title => title.TextContent));
        Assert.Equal("bad.yaml:1:2: wrong", Assert.Single(page.FindAll(".refused")).TextContent);
        Assert.Equal(
            ["0 matches", "1 match"], page.FindAll(".template-facts span:nth-child(2)").Select(one => one.TextContent));
    }

    [Fact]
    public void A_chart_shows_the_values_beneath_the_pointer_and_forgets_them_when_it_leaves()
    {
        var chart = Render<LineChart>(set => set.Add(one => one.Question, Some.Question("B", [1024, 2048])));

        chart.InvokeAsync(() => chart.Instance.Hover(1));
        Assert.Contains("2 KiB", chart.Find(".chart-tip").TextContent, StringComparison.Ordinal);
        Assert.Equal("KiB", chart.Find(".chart-unit").TextContent);

        chart.InvokeAsync(() => chart.Instance.Hover(-1));
        Assert.Empty(chart.FindAll(".chart-tip"));
    }

    [Fact]
    public void The_status_lists_parts_and_counts()
    {
        var page = Render<StatusPage>();

        Assert.Contains("Ops 1.2.3 runs since 3 h", page.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Samples received", "1,234"], page.FindAll(".facts > *").Select(one => one.TextContent));
    }
}
