using System.Globalization;
using Ops.Model;

namespace Ops.Pipeline.Expressions;

/// <summary>The fields of a sample that an expression can name.</summary>
internal enum SampleField
{
    Name,
    Type,
    Unit,
    Volume,
    UserId,
    ProjectId,
    ResourceId,
    Timestamp,
    ResourceMetadata,
    Source,
    Id,
    MonotonicTime,
}

/// <summary>The names of <see cref="SampleField"/> and their values.</summary>
internal static class SampleFields
{
    private static readonly Dictionary<string, SampleField> ByName = new(StringComparer.Ordinal)
    {
        ["name"] = SampleField.Name,
        ["type"] = SampleField.Type,
        ["unit"] = SampleField.Unit,
        ["volume"] = SampleField.Volume,
        ["user_id"] = SampleField.UserId,
        ["project_id"] = SampleField.ProjectId,
        ["resource_id"] = SampleField.ResourceId,
        ["timestamp"] = SampleField.Timestamp,
        ["resource_metadata"] = SampleField.ResourceMetadata,
        ["source"] = SampleField.Source,
        ["id"] = SampleField.Id,
        ["monotonic_time"] = SampleField.MonotonicTime,
    };

    public static bool TryFind(string name, out SampleField field) => ByName.TryGetValue(name, out field);

    /// <summary>Whether the field may differ between two samples of one series and context.</summary>
    public static bool VariesBySample(SampleField field) =>
        field is SampleField.Volume or SampleField.Timestamp or SampleField.Id or SampleField.MonotonicTime;

    public static ExpressionValue Read(SampleField field, in Sample sample) => field switch
    {
        SampleField.Name => ExpressionValue.Of(sample.Series.Meter),
        SampleField.Type => ExpressionValue.Of(sample.Context.Kind.Word()),
        SampleField.Unit => ExpressionValue.Of(sample.Context.Unit),
        SampleField.Volume => ExpressionValue.Of(sample.Volume),
        SampleField.UserId => ExpressionValue.Of(sample.Context.UserId),
        SampleField.ProjectId => ExpressionValue.Of(sample.Context.ProjectId),
        SampleField.ResourceId => ExpressionValue.Of(sample.Series.ResourceId),
        SampleField.Timestamp => ExpressionValue.Of(Iso(sample.TimestampNs)),
        SampleField.ResourceMetadata => ExpressionValue.Of(sample.Context.Metadata),
        SampleField.Source => ExpressionValue.Of(sample.Context.Source),
        SampleField.Id => ExpressionValue.Of($"{sample.Series.Id}-{sample.TimestampNs}"),
        _ => double.IsNaN(sample.MonotonicSeconds)
            ? ExpressionValue.Nothing
            : ExpressionValue.Of(sample.MonotonicSeconds),
    };

    /// <summary>The time as Ceilometer writes it: UTC, without a zone.</summary>
    private static string Iso(long ns) =>
        Timestamps.FromUnixNs(ns).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
