using Ops.Collectors.Keystone;

namespace Ops.Unit.Collectors.Keystone;

internal static class SomeCloud
{
    public static CloudOptions Options { get; } = new()
    {
        Name = "home",
        AuthUrl = new Uri("http://keystone:5000/v3"),
        Username = "ops",
        Password = "hidden",
        ProjectName = "admin",
        RegionName = "one",
    };
}
