using System.CommandLine;
using System.Text.Json;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops query</c>.</summary>
internal static class QueryVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var query = new Argument<string>("INFLUXQL")
        {
            Description = "Such as: SELECT mean(value) FROM \"cpu_util\" WHERE time > now() - 5m GROUP BY time(10s)",
        };
        var database = new Option<string?>("--db") { Description = "The database to ask.", HelpName = "NAME" };
        var epoch = new Option<string?>("--epoch")
        {
            Description = "Times as numbers of this unit (ns, u, ms, s, m, h) instead of RFC 3339.",
            HelpName = "UNIT",
        };
        var verb = client.AddTo(new Command("query", "Ask for samples in InfluxQL."));
        verb.Add(query);
        verb.Add(database);
        verb.Add(epoch);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var address = "/query?q=" + Uri.EscapeDataString(parsed.GetRequiredValue(query))
                + Parameter("db", parsed.GetValue(database)) + Parameter("epoch", parsed.GetValue(epoch));
            var body = await server.RequireAsync(address, cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body.TrimEnd('\n'));
            }

            using var answer = server.Read<JsonDocument>(body);
            return QueryTables.Print(answer.RootElement, client.Json(parsed), terminal);
        });
        return verb;
    }

    private static string Parameter(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
