using System.CommandLine;
using Ops.Model;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops status</c>.</summary>
internal static class StatusVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var verb = client.AddTo(new Command("status", "Show how the parts and the publishers fare."));
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var body = await server.RequireAsync("/api/v1/status", cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body);
                return 0;
            }

            StatusTable.Print(server.Read<StatusView>(body), terminal);
            return 0;
        });
        return verb;
    }
}
