using Ops.Model;
using Ops.Rca.StateValues;
using Ops.Server.Config;

namespace Ops.Server.Cli.Replays;

/// <summary>Reads the built-in state values with a folder of the user's laid over, file by file.</summary>
internal static class StateValueFiles
{
    /// <summary>The state values of all types.</summary>
    /// <exception cref="CommandFault">A file is faulty; the message holds every fault.</exception>
    public static StateValueSet Read(string programFolder, string? folder)
    {
        var faults = new ConfigFaults();
        var builtIn = Path.Combine(programFolder, "etc", ConfigConcern.StateValues.Name);
        var paths = Directory.Exists(builtIn) ? TemplateFiles.Of(builtIn) : [];
        if (folder is not null)
        {
            paths = [.. paths, .. TemplateFiles.Of(folder)];
        }

        var tables = paths.Select(path => YamlReader.ReadFile(path, faults) is { } root
            ? StateValuesReader.Read(root, Path.GetFileNameWithoutExtension(path), faults)
            : null);
        var set = new StateValueSet([.. tables.OfType<StateValueTable>()]);
        return faults.None ? set : throw new CommandFault(string.Join("\nops: ", faults.All));
    }
}
