using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>Makes the series and contexts of derived samples out of those they come from.</summary>
internal static class Derived
{
    /// <summary>The series under another meter name, with the same resource and dimensions.</summary>
    public static Series Renamed(this SeriesCatalog catalog, Series series, string meter) =>
        meter == series.Meter
            ? series
            : catalog.Intern(meter, series.ResourceId, series.Dimensions, meter, "value", series.Database);

    /// <summary>The context with another kind and unit; the same object where nothing changes.</summary>
    public static SampleContext With(this SampleContext context, MeterKind kind, string unit) =>
        kind == context.Kind && unit == context.Unit
            ? context
            : Copy(context, kind, unit, context.ProjectId, context.UserId, context.Metadata);

    /// <summary>The context with another owner and metadata.</summary>
    public static SampleContext With(
        this SampleContext context, string? projectId, string? userId, IReadOnlyDictionary<string, object?> metadata) =>
        Copy(context, context.Kind, context.Unit, projectId, userId, metadata);

    private static SampleContext Copy(
        SampleContext context, MeterKind kind, string unit, string? projectId, string? userId,
        IReadOnlyDictionary<string, object?> metadata) =>
        new()
        {
            Kind = kind,
            Unit = unit,
            ProjectId = projectId,
            UserId = userId,
            Source = context.Source,
            ResourceType = context.ResourceType,
            ResourceName = context.ResourceName,
            Metadata = metadata,
        };
}
