using System.CommandLine;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops alarms</c>.</summary>
internal static class AlarmsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are ok or lack data." };
        var verb = client.AddTo(new Command("alarms", "Show live alarms, worst and newest first."));
        verb.Add(all);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var scope = parsed.GetValue(all) ? "&all=true" : "";
            var body = await server.RequireAsync(
                $"/api/v1/alarms?limit={ApiLimits.PageMax}{scope}", cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body);
                return 0;
            }

            AlarmTable.Print(server.Read<List<AlarmView>>(body), terminal);
            return 0;
        });
        return verb;
    }
}
