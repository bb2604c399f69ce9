using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using Ops.Console.Assets;
using Ops.Console.Layout;
using Ops.Console.Live;

namespace Ops.Console;

/// <summary>Puts the web console into a server.</summary>
public static class OpsConsole
{
    /// <summary>The most circuits of closed browsers that are kept for their return; default 20.</summary>
    private const int DisconnectedCircuitsMax = 20;

    /// <summary>Adds what the console needs. The server registers <see cref="Ops.Model.IOpsView"/> itself.</summary>
    public static IServiceCollection AddOpsConsole(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<CircuitOptions>(options => options.DisconnectedCircuitMaxRetained = DisconnectedCircuitsMax);
        services.AddMudServices(
            options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ConsoleAssets>();
        services.TryAddSingleton<LiveFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.TryAddScoped<ViewerZone>();
        return services;
    }

    /// <summary>Maps the pages from <c>/</c> and their assets under <c>/_content/Ops.Console/</c>.</summary>
    /// <remarks>Assets are embedded: neither a static web assets manifest nor <c>MapStaticAssets</c> is needed. No page
    /// posts a form, so no antiforgery middleware is needed either.</remarks>
    /// <returns>The pages' endpoints, for authorization and the like.</returns>
    public static RazorComponentsEndpointConventionBuilder MapOpsConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ConsoleAssets.Folder + "{name}", ConsoleAssets.ServeAsync).ExcludeFromDescription();
        return endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode().DisableAntiforgery();
    }
}
