using System.CommandLine;
using Ops.Model;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops events</c>.</summary>
internal static class EventsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var type = new Option<string?>("--type")
        {
            Description = "Only events whose type fits a pattern such as compute.instance.*; default all.",
            HelpName = "PATTERN",
        };
        var from = new Option<string>("--from")
        {
            Description = "The oldest: ISO 8601, or a duration before now such as -15m; default -1h.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "-1h",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "The most events, 1 to 10000; default 50.",
            HelpName = "N",
            DefaultValueFactory = _ => 50,
        };
        var verb = client.AddTo(new Command("events", "Show what happened, newest first."));
        verb.Add(type);
        verb.Add(from);
        verb.Add(limit);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var wanted = parsed.GetValue(type) is { } pattern ? $"&type={Uri.EscapeDataString(pattern)}" : "";
            var body = await server.RequireAsync(
                $"/api/v1/events/history?from={Uri.EscapeDataString(parsed.GetValue(from)!)}"
                + $"&limit={parsed.GetValue(limit)}{wanted}",
                cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body);
                return 0;
            }

            EventTable.Print(server.Read<List<EventView>>(body), terminal);
            return 0;
        });
        return verb;
    }
}
