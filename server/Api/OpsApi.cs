using Microsoft.AspNetCore.Http.Json;
using Ops.Model;
using Ops.Server.Api.Compat.Vitrage;
using Ops.Server.Api.Endpoints;
using Ops.Server.Api.Influx;
using Ops.Server.Api.Live;
using Ops.Server.Api.Measures;
using Ops.Server.Api.Samples;
using Ops.Server.Api.Security;

namespace Ops.Server.Api;

/// <summary>The HTTP side as one piece: services, gates, endpoints.</summary>
/// <remarks>
/// The container must also hold <see cref="IOpsView"/>, <see cref="ISampleSink"/>, <see cref="SeriesCatalog"/>,
/// <see cref="ILineProtocolIngest"/> and <see cref="IInfluxQlAnswers"/>.
/// </remarks>
public static class OpsApi
{
    /// <summary>Registers what the endpoints need of their own.</summary>
    public static IServiceCollection AddOpsApi(this IServiceCollection services, SecurityOptions security)
    {
        services.TryAddTime();
        services.AddSingleton(new HostGate(security.Listen, security.Hosts));
        services.AddSingleton(new TokenGate(security.Tokens));
        services.AddSingleton<ProblemGate>();
        services.AddSingleton<ApiCounters>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<PostedSeries>();
        services.Configure<JsonOptions>(options => ApiJson.Configure(options.SerializerOptions));
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Ops";
            document.Info.Description = "Telemetry, alarms, topology and causes. Errors are problem details (RFC "
                + "9457).";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>
    /// Puts the gates in front of everything: counting, problem details, Host check, tokens. Call it first.
    /// </summary>
    public static WebApplication UseOpsApi(this WebApplication app)
    {
        var counters = app.Services.GetRequiredService<ApiCounters>();
        var problems = app.Services.GetRequiredService<ProblemGate>();
        var hosts = app.Services.GetRequiredService<HostGate>();
        var tokens = app.Services.GetRequiredService<TokenGate>();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            try
            {
                await next(context);
            }
            finally
            {
                counters.Answered(context.Response.StatusCode);
            }
        });
        app.Use((HttpContext context, RequestDelegate next) => problems.InvokeAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => hosts.InvokeAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => tokens.InvokeAsync(context, next));
        return app;
    }

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapOpsApi(this IEndpointRouteBuilder root)
    {
        var api = root.MapGroup("/api/v1").WithTags("ops");
        api.MapMeters();
        api.MapRange();
        api.MapPostSamples();
        api.MapTopology();
        api.MapAlarms();
        api.MapEvents();
        api.MapTemplates();
        api.MapStatus();
        api.MapLive();
        root.MapVitrage();
        root.MapWrite();
        root.MapQuery();
        root.MapPing();
        root.MapHealth();
        root.MapMeasures();
        root.MapOpenApi("/openapi/{documentName}.json");
        root.MapDocs();
        return root;
    }

    private static void TryAddTime(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }
}
