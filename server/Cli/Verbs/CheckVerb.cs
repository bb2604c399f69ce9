using System.CommandLine;
using System.Text.Json;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Config;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops check</c>: validates a whole configuration, without a server.</summary>
internal static class CheckVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(CliRooms rooms, Terminal terminal)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "Folder of the configuration; default ./etc if there is one, else the built-in one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = "Print faults as JSON." };
        var verb = new Command("check", "Validate a whole configuration: every fault of every file, with its place.")
        {
            folder,
            json,
        };
        verb.SetAction(parsed => Run(Open(parsed.GetValue(folder), rooms), parsed.GetValue(json), rooms, terminal));
        return verb;
    }

    private static ConfigFolder Open(string? option, CliRooms rooms)
    {
        try
        {
            return ConfigFolder.Find(option, Environment.CurrentDirectory, rooms.ProgramFolder);
        }
        catch (DirectoryNotFoundException)
        {
            throw new CommandFault($"{option}: there is no such folder");
        }
    }

    private static int Run(ConfigFolder folder, bool json, CliRooms rooms, Terminal terminal)
    {
        var faults = new ConfigFaults();
        var files = 0;
        foreach (var concern in ConfigConcern.All)
        {
            files += folder.Files(concern).Count;
            CheckFor(concern, rooms)(folder, faults);
        }

        folder.WarnOfStrangers(faults);
        var found = faults.All.Select(folder.Secrets.Redact).ToList();
        var warnings = faults.Warnings.Select(folder.Secrets.Redact).ToList();
        if (json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(
                new { Ok = found.Count == 0, Files = files, Faults = found, Warnings = warnings }, ApiJson.Options));
        }
        else
        {
            Print(found, warnings, files, terminal);
        }

        return found.Count == 0 ? 0 : 1;
    }

    private static ConcernCheck CheckFor(ConfigConcern concern, CliRooms rooms)
    {
        if (rooms.Checks.TryGetValue(concern, out var check))
        {
            return check;
        }

        return concern == ConfigConcern.Program
            ? (folder, faults) => OpsOptionsReader.Read(folder, faults)
            : (folder, faults) => folder.ReadAll(concern, faults);
    }

    private static void Print(List<ConfigFault> faults, List<ConfigFault> warnings, int files, Terminal terminal)
    {
        foreach (var warning in warnings)
        {
            terminal.Output.WriteLine(Terminal.Printable($"{warning} (warning)"));
        }

        foreach (var fault in faults)
        {
            terminal.Output.WriteLine(Terminal.Printable(fault.ToString()));
        }

        var noun = files == 1 ? "file" : "files";
        terminal.Output.WriteLine(faults.Count switch
        {
            0 => $"{files} {noun}, no faults",
            1 => $"{files} {noun}, 1 fault",
            _ => $"{files} {noun}, {faults.Count} faults",
        });
    }
}
