namespace Ops.Collectors.Notifications.Meters;

/// <summary>The fields of a sample that a meter definition may say, in the order of Ceilometer.</summary>
internal enum SampleField
{
    Name,
    Type,
    Volume,
    Unit,
    Timestamp,
    UserId,
    ProjectId,
    ResourceId,
}

/// <summary>The words of <see cref="SampleField"/> in files.</summary>
internal static class SampleFields
{
    public static readonly IReadOnlyList<SampleField> All = Enum.GetValues<SampleField>();

    public static readonly IReadOnlyList<string> Words = [.. All.Select(Word)];

    public static string Word(this SampleField field) => field switch
    {
        SampleField.UserId => "user_id",
        SampleField.ProjectId => "project_id",
        SampleField.ResourceId => "resource_id",
        _ => field.ToString().ToLowerInvariant(),
    };
}
