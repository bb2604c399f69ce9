namespace Ops.Collectors.Machine.Topology;

/// <summary>The words that the machine's part of the entity graph is written in.</summary>
internal static class EntityTypes
{
    public const string MachineType = "machine";
    public const string Disk = "disk";
    public const string Filesystem = "filesystem";
    public const string Interface = "interface";
    public const string Service = "service";
    public const string Container = "container";
    public const string Endpoint = "endpoint";

    public const string Contains = "contains";
    public const string On = "on";
    public const string Uses = "uses";
    public const string Connects = "connects";

    public const string Active = "ACTIVE";
    public const string Down = "DOWN";
}
