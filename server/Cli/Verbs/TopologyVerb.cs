using System.CommandLine;
using Ops.Model;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops topology</c>.</summary>
internal static class TopologyVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var type = new Option<string?>("--type")
        {
            Description = "Show entities of this type only (a pattern); with --json everything is printed.",
            HelpName = "TYPE",
        };
        var verb = client.AddTo(new Command("topology", "Show what the world is made of: entities and relations."));
        verb.Add(type);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var body = await server.RequireAsync("/api/v1/topology", cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body);
                return 0;
            }

            TopologyTable.Print(server.Read<TopologyView>(body), parsed.GetValue(type), terminal);
            return 0;
        });
        return verb;
    }
}
