namespace Ops.Server.Config;

/// <summary>A file of a concern that is in force.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="ShownAs">
/// How messages name it: relative to the current folder where it lies below it, else the path.
/// </param>
/// <param name="IsBuiltIn">Whether it is one of those that come with the program.</param>
/// <param name="Name">
/// Its name within its folder without its ending, such as <c>openstack/nova</c>; of a single file the concern's.
/// </param>
public sealed record ConfigFile(string Path, string ShownAs, bool IsBuiltIn, string Name);
