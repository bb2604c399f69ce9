using System.CommandLine;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops serve</c>, and <c>ops</c> alone.</summary>
internal static class ServeVerb
{
    private static readonly string[] Roles = ["collect", "process", "reason", "act", "console"];

    /// <summary>Gives a command the options and the action of serving.</summary>
    public static T Configure<T>(T command, CliRooms rooms)
        where T : Command
    {
        var config = new Option<string?>("--config")
        {
            Description = "Folder of the configuration; default ./etc if there is one, else the built-in one.",
            HelpName = "DIR",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Folder of all data; default ./ops-data.",
            HelpName = "DIR",
        };
        var listen = new Option<string?>("--listen")
        {
            Description = "Address to listen on, several with commas between; default http://127.0.0.1:8080. "
                + "Off loopback it needs tokens in ops.yaml.",
            HelpName = "URL",
        };
        var role = new Option<string?>("--role")
        {
            Description = "Parts to run: all (the default).",
            HelpName = "ROLES",
        };
        command.Add(config);
        command.Add(data);
        command.Add(listen);
        command.Add(role);
        command.SetAction((parsed, cancellationToken) =>
        {
            RefuseRoles(parsed.GetValue(role) ?? "all");
            var options = new ServeOptions(parsed.GetValue(config), parsed.GetValue(data), parsed.GetValue(listen));
            return rooms.Serve(options, cancellationToken);
        });
        return command;
    }

    private static void RefuseRoles(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var allowed = Roles.Append("all").ToArray();
        if (names.FirstOrDefault(name => !allowed.Contains(name)) is { } stranger)
        {
            throw new CommandFault($"--role: '{stranger}' is not one of {string.Join(", ", allowed)}"
                + Model.NearestName.Hint(stranger, allowed));
        }

        if (!names.Contains("all") && Roles.Except(names).Any())
        {
            throw new CommandFault($"--role {text}: running parts as processes of their own is not yet supported; "
                + "leave --role out to run all");
        }
    }
}
