using System.Globalization;
using System.Text;
using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary>
/// The same lines and the same queries go to a real InfluxDB 1.6 and to Ops: the answers must be equal.
/// </summary>
public sealed class InfluxTests : IClassFixture<InfluxTests.Pair>
{
    private const long Start = 1_700_000_000_000_000_000;

    private readonly Pair _pair;

    public InfluxTests(Pair pair) => _pair = pair;

    [Theory]
    [InlineData("SELECT mean(usage) FROM cpu")]
    [InlineData("SELECT usage FROM cpu WHERE host = 'a' AND core = '0' LIMIT 5")]
    [InlineData(
        "SELECT mean(usage), max(usage), count(idle) FROM cpu WHERE time >= 1700000000000ms AND time < 1700000060000ms "
        + "GROUP BY time(10s), host")]
    [InlineData(
        "SELECT mean(\"usage\") FROM \"cpu\" "
        + "WHERE (\"host\" =~ /^a$/) AND time >= 1700000000000ms and time <= 1700000120000ms "
        + "GROUP BY time(10s), \"host\"::tag fill(null)")]
    [InlineData("SELECT max(usage) FROM cpu GROUP BY host, core")]
    [InlineData("SELECT last(usage) AS newest FROM cpu WHERE host != 'a'")]
    [InlineData(
        "SELECT sum(idle) "
        + "FROM cpu WHERE time >= 1700000000s AND time < 1700000100s GROUP BY time(30s) fill(0)")]
    [InlineData(
        "SELECT mean(usage) "
        + "FROM cpu WHERE time >= 1700000000s AND time < 1700000300s GROUP BY time(1m) fill(previous)")]
    [InlineData(
        "SELECT mean(usage) "
        + "FROM cpu WHERE time >= 1700000000s AND time < 1700000300s GROUP BY time(1m) fill(linear)")]
    [InlineData(
        "SELECT mean(usage) "
        + "FROM cpu WHERE time >= 1700000000s AND time < 1700000300s GROUP BY time(1m) fill(none)")]
    [InlineData(
        "SELECT non_negative_derivative(mean(idle), 1s) "
        + "FROM cpu WHERE time >= 1700000000s AND time < 1700000100s GROUP BY time(10s)")]
    [InlineData("SELECT percentile(usage, 95) FROM cpu WHERE host = 'b'")]
    [InlineData("SELECT median(usage), spread(usage), stddev(usage) FROM cpu WHERE core = '1'")]
    [InlineData("SELECT mean(usage) * 2 + 1 FROM cpu WHERE host = 'a'")]
    [InlineData("SELECT usage, idle FROM cpu WHERE host = 'b' AND core = '0' ORDER BY time DESC LIMIT 3 OFFSET 1")]
    [InlineData("SELECT * FROM cpu WHERE host = 'a' AND core = '1' LIMIT 2")]
    [InlineData("SELECT count(usage) FROM cpu WHERE usage > 50")]
    [InlineData("SELECT mean(usage) FROM nothing")]
    [InlineData("SELECT first(value), min(value) FROM \"disk io\"")]
    [InlineData("SELECT mean(usage) FROM /c.u/ GROUP BY host")]
    [InlineData("SHOW MEASUREMENTS")]
    [InlineData("SHOW MEASUREMENTS WITH MEASUREMENT =~ /cp/")]
    [InlineData("SHOW TAG KEYS FROM cpu")]
    [InlineData("SHOW TAG VALUES FROM cpu WITH KEY = \"host\"")]
    [InlineData("SHOW TAG VALUES FROM cpu WITH KEY IN (\"host\", \"core\")")]
    [InlineData("SHOW TAG VALUES FROM cpu WITH KEY = \"host\" WHERE core = '0'")]
    [InlineData("SHOW FIELD KEYS FROM cpu")]
    [InlineData("SELECT mean(usage FROM cpu")]
    [InlineData("SELEC 1")]
    public async Task A_query_has_the_same_answer(string query)
    {
        var expected = await _pair.Influx.QueryAsync(query);
        using var answer = await _pair.Ops.Http.GetAsync($"/query?db=test&epoch=ns&q={Uri.EscapeDataString(query)}");
        using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Render(expected), Render(found.RootElement));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cpu value=")]
    [InlineData("cpu value=1 nonsense")]
    [InlineData("cpu,host value=1")]
    [InlineData("cpu,host= value=1")]
    [InlineData(",host=a value=1")]
    [InlineData("cpu value=\"open")]
    [InlineData("cpu value=1x")]
    [InlineData("ok value=1\ncpu value=")]
    public async Task A_broken_line_has_the_same_error(string lines)
    {
        using var expected = await _pair.Influx.Http.PostAsync("/write?db=test", new StringContent(lines));
        using var found = await _pair.Ops.WriteAsync(lines, "db=test");
        Assert.Equal(
            $"{(int)expected.StatusCode} {Error(await expected.Content.ReadAsStringAsync())}",
            $"{(int)found.StatusCode} {Error(await found.Content.ReadAsStringAsync())}");
    }

    private static string Error(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("error").GetString()!;
    }

    /// <summary>Renders JSON with numbers to nine digits, since the two add floats in different orders.</summary>
    private static string Render(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(
            ",", element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
                .Select(member => $"{member.Name}:{Render(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",\n", element.EnumerateArray().Select(Render)) + "]",
        JsonValueKind.Number when element.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => element.GetDouble().ToString("G9", CultureInfo.InvariantCulture),
        _ => element.ToString(),
    };

    public sealed class Pair : IAsyncLifetime
    {
        public InfluxServer Influx { get; } = new();

        public ServerProcess Ops { get; } = new("influx");

        public async ValueTask InitializeAsync()
        {
            Ops.Configure("ops.yaml", "machine: {enabled: false}\n");
            await Influx.ReadyAsync();
            await Ops.StartAsync();
            var lines = Lines();
            using var theirs = await Influx.Http.PostAsync("/write?db=test", new StringContent(lines));
            using var ours = await Ops.WriteAsync(lines, "db=test");
            Assert.Equal(204, (int)theirs.StatusCode);
            Assert.Equal(204, (int)ours.StatusCode);
        }

        public async ValueTask DisposeAsync()
        {
            await Ops.DisposeAsync();
            await Influx.DisposeAsync();
        }

        private static string Lines()
        {
            var random = new Random(7);
            var text = new StringBuilder();
            for (var second = 0; second < 240; second += 5)
            {
                if (second is >= 120 and < 180)
                {
                    continue;
                }

                foreach (var (host, core) in new[] { ("a", 0), ("a", 1), ("b", 0), ("b", 1) })
                {
                    var usage = Math.Round(random.NextDouble() * 100, 2);
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"cpu,host={host},core={core} usage={usage},idle={second * 3}.5 "
                        + $"{Start + (second * 1_000_000_000L)}\n");
                }
            }

            text.Append(CultureInfo.InvariantCulture, $"disk\\ io,device=sda\\,1 value=4.5 {Start}\n");
            text.Append(CultureInfo.InvariantCulture, $"disk\\ io,device=sda\\,1 value=3.25 {Start + 1_000_000_000}\n");
            return text.ToString();
        }
    }
}
