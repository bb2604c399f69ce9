using System.CommandLine;
using Ops.Model;
using Ops.Server.Api;
using Ops.Server.Cli.Client;
using Ops.Server.Cli.Show;

namespace Ops.Server.Cli.Verbs;

/// <summary><c>ops why</c>.</summary>
internal static class WhyVerb
{
    private const int PrefixCharsMin = 4;

    /// <summary>The verb.</summary>
    public static Command Create(ClientOptions client, Terminal terminal)
    {
        var id = new Argument<string>("ID")
        {
            Description = $"The alarm's id as 'ops alarms' shows it, or its first {PrefixCharsMin} characters or more.",
        };
        var verb = client.AddTo(new Command("why", "Show why an alarm is there: template, scenario, matches, causes."));
        verb.Add(id);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = client.Open(parsed);
            var asked = parsed.GetRequiredValue(id);
            var body = await server.GetAsync(PathOf(asked), cancellationToken)
                ?? await server.RequireAsync(PathOf(await ResolveAsync(server, asked, cancellationToken)),
                    cancellationToken);
            if (client.Json(parsed))
            {
                await terminal.Output.WriteLineAsync(body);
                return 0;
            }

            WhyTree.Print(server.Read<WhyView>(body), terminal);
            return 0;
        });
        return verb;
    }

    private static string PathOf(string id) => $"/api/v1/alarms/{Uri.EscapeDataString(id)}/why";

    /// <summary>The one alarm whose id begins so.</summary>
    private static async Task<string> ResolveAsync(OpsClient server, string asked, CancellationToken cancellationToken)
    {
        var body = await server.RequireAsync($"/api/v1/alarms?all=true&limit={ApiLimits.PageMax}", cancellationToken);
        var ids = server.Read<List<AlarmView>>(body).Select(alarm => alarm.Id).ToList();
        var fitting = asked.Length < PrefixCharsMin
            ? []
            : ids.Where(one => one.StartsWith(asked, StringComparison.Ordinal)).ToList();
        return fitting switch
        {
            [var one] => one,
            [] => throw new CommandFault($"there is no alarm '{asked}'{NearestName.Hint(asked, ids)}", exitCode: 1),
            _ => throw new CommandFault($"'{asked}' begins the ids of {fitting.Count} alarms: "
                + $"{string.Join(", ", fitting)}"),
        };
    }
}
