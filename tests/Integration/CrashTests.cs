using System.Globalization;
using System.Text;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary><c>kill -9</c> at moments that a seed picks, during ingest.</summary>
/// <remarks>
/// Two things must hold after each: all that the server had said is stored is there; and nothing that was acknowledged
/// a second and a half before the end is missing (the store writes every 400 ms; the rest is for a busy machine).
/// </remarks>
public sealed class CrashTests
{
    private const int Crashes = 10;
    private const long MillisecondsKept = 1_500;

    [Fact]
    public async Task Nothing_older_than_the_last_flush_is_lost_and_alarms_and_graph_are_as_before()
    {
        var random = new Random(20261123);
        await using var server = new ServerProcess("crash");
        server.Configure("ops.yaml", "machine: {enabled: false}\n");
        server.Configure("alarms/test.yaml", """
            alarms:
              - {name: test high, meter: crash.level, statistic: last, window: 0, when: "> 5"}
            """);
        await server.StartAsync();
        using (await server.WriteAsync("crash,resource_id=probe level=9"))
        {
        }

        await ServerProcess.WaitAsync(
            "the alarm", TimeSpan.FromSeconds(10), async () => await AlarmIds(server) is { Length: > 0 });
        await ServerProcess.WaitAsync(
            "the probe to be stored", TimeSpan.FromSeconds(10), async () => await SaidStoredAsync(server) > 0);
        var before = await AlarmIds(server);
        long written = 0;
        long counted = 0;
        for (var crash = 0; crash < Crashes; crash++)
        {
            var saidBefore = await SaidStoredAsync(server);
            var acknowledged = await IngestUntilKilled(server, written, random.Next(300, 3000));
            await server.StartAsync();
            var upto = await NumberAsync(server, "max");
            Assert.True(
                upto >= acknowledged.Safe,
                $"crash {crash}: {upto} of {acknowledged.Safe} points that were acknowledged in time are there");
            var found = await NumberAsync(server, "count");
            Assert.True(
                found >= counted + acknowledged.Said - saidBefore,
                $"crash {crash}: {found} points are there, {counted} were there before and "
                + $"{acknowledged.Said - saidBefore} more were said to be");
            counted = found;
            written = acknowledged.Next;
            Assert.Equal(before, await AlarmIds(server));
            var resources = (await server.GetAsync("/api/v1/topology")).GetProperty("entities").EnumerateArray();
            Assert.Contains(resources, entity => entity.GetProperty("id").GetString() == "probe");
        }
    }

    private static async Task<(long Safe, long Next, long Said)> IngestUntilKilled(
        ServerProcess server, long first, int lifeMs)
    {
        var log = new List<(long AtMs, long Upto)>();
        var next = first;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        long said = 0;
        var killer = Task.Run(async () =>
        {
            while (clock.ElapsedMilliseconds < lifeMs)
            {
                said = await SaidStoredAsync(server);
                await Task.Delay(100);
            }

            await server.KillAsync();
        });
        while (!killer.IsCompleted)
        {
            var body = new StringBuilder();
            for (var line = 0; line < 500; line++)
            {
                var at = 1_700_000_000_000_000_000 + ((next + line) * 1_000);
                body.Append(CultureInfo.InvariantCulture, $"crash,resource_id=counter n={next + line} {at}\n");
            }

            try
            {
                using var answer = await server.WriteAsync(body.ToString());
                if (answer.IsSuccessStatusCode)
                {
                    next += 500;
                    log.Add((clock.ElapsedMilliseconds, next));
                }
            }
            catch (HttpRequestException)
            {
                break;
            }
        }

        await killer;
        var diedMs = clock.ElapsedMilliseconds;
        var safe = log.Where(entry => entry.AtMs < diedMs - MillisecondsKept).Select(entry => entry.Upto)
            .DefaultIfEmpty(0).Max() - 1;
        return (Math.Max(safe, 0), next + 500, said);
    }

    private static async Task<long> NumberAsync(ServerProcess server, string function)
    {
        var series = await server.QueryAsync($"SELECT {function}(n) FROM crash WHERE resource_id = 'counter'");
        return series.GetArrayLength() == 0 ? 0 : (long)series[0].GetProperty("values")[0][1].GetDouble();
    }

    private static async Task<long> SaidStoredAsync(ServerProcess server) =>
        (await server.GetAsync("/api/v1/status")).GetProperty("counts").GetProperty("samples_stored").GetInt64();

    private static async Task<string[]> AlarmIds(ServerProcess server) =>
        [.. (await server.GetAsync("/api/v1/alarms")).EnumerateArray()
            .Where(alarm => alarm.GetProperty("name").GetString() == "test high")
            .Select(alarm => alarm.GetProperty("id").GetString()!)];
}
