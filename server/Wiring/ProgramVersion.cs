using System.Reflection;

namespace Ops.Server.Wiring;

/// <summary>The version of the program, as <c>--version</c> and the status tell it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0.0.0";
}
