using Ops.Model;
using Ops.Storage.InfluxQl;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class InfluxQlTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_polled_meter_is_the_measurement_of_its_name_with_its_resource_as_tags()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            var context = new SampleContext { ResourceName = "web-1", ProjectId = "p1" };
            await store.Samples.WriteAsync(
                catalog.Intern("disk.read", "i-1", Tags.Of(("disk", "vda"))), context, (0, 7));

            Assert.Equal(
                Json(
                    "{'results':[{'statement_id':0,'series':[{'name':'disk.read',"
                    + "'columns':['time','disk','project_id','resource_id','resource_name','value'],"
                    + "'values':[['2023-11-14T22:13:20Z','vda','p1','i-1','web-1',7]]}]}]}"),
                await AskAsync(store, "SELECT * FROM \"disk.read\" WHERE resource_name = 'web-1'"));
            Assert.Equal(
                Json(
                    "{'results':[{'statement_id':0,'series':[{'name':'disk.read',"
                    + "'columns':['key','value'],'values':[['resource_id','i-1']]}]}]}"),
                await AskAsync(store, "SHOW TAG VALUES WITH KEY = resource_id"));
        });
    }

    [Theory]
    [InlineData("", """["2023-11-14T22:13:20.5Z",1]""")]
    [InlineData("ns", "[1700000000500000000,1]")]
    [InlineData("u", "[1700000000500000,1]")]
    [InlineData("ms", "[1700000000500,1]")]
    [InlineData("s", "[1700000000,1]")]
    [InlineData("m", "[28333333,1]")]
    [InlineData("h", "[472222,1]")]
    public async Task Times_are_written_as_asked(string epoch, string row)
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteAsync(catalog.Intern("m", "r"), (0.5, 1));
            var answer = await store.InfluxQl.ExecuteAsync("SELECT value FROM m", null, default);
            Assert.Contains($"\"values\":[{row}]", InfluxQlJson.ToText(answer, InfluxQlEpochs.Parse(epoch)));
        });
    }

    [Fact]
    public async Task Times_are_written_in_the_zone_that_is_named()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteAsync(catalog.Intern("m", "r"), (0, 1), (90_000, 3));
            Assert.Contains(
                "[\"2023-11-14T00:00:00+01:00\",1],[\"2023-11-16T00:00:00+01:00\",3]",
                await AskAsync(
                    store,
                    "SELECT sum(value) FROM m WHERE time < '2023-11-17' GROUP BY time(1d) fill(none) "
                    + "tz('Europe/Berlin')"));
        });
    }

    [Theory]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.5e20, "150000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e-7, "-1.25e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e100, "1e+100")]
    [InlineData(-2.5e16, "-25000000000000000")]
    public void Numbers_are_written_as_Go_writes_them(double value, string text) =>
        Assert.Equal(text, InfluxQlJson.Number(value));

    [Fact]
    public async Task A_database_shows_its_own_series_and_polled_ones()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteLinesAsync(catalog, ["a value=1 1700000000000000000"], "one");
            await store.Samples.WriteLinesAsync(catalog, ["b value=1 1700000000000000000"], "two");
            await store.Samples.WriteAsync(catalog.Intern("c", "r"), (0, 1));

            Assert.Contains("""[["a"],["c"]]""", await AskAsync(store, "SHOW MEASUREMENTS", "one"));
            Assert.Contains("""[["b"],["c"]]""", await AskAsync(store, "SHOW MEASUREMENTS ON two", "one"));
            Assert.Contains("""[["a"],["b"],["c"]]""", await AskAsync(store, "SHOW MEASUREMENTS"));
            Assert.Contains("""[["ops"],["one"],["two"]]""", await AskAsync(store, "SHOW DATABASES"));
        });
    }

    [Theory]
    [InlineData(
        "SELECT mean(value) FROM m WHERE time > 0 AND time < 1700000000s GROUP BY time(1s)",
        "max-select-buckets limit exceeded: (1700000000/100000)")]
    [InlineData("SELECT foo(value) FROM m", "undefined function foo()")]
    [InlineData("SELECT value + 'x' FROM m WHERE time = 'soon'",
        "invalid operation: time and *influxql.StringLiteral are not compatible")]
    [InlineData("SELECT value FROM m WHERE time > '1600-01-01'", "time 1600-01-01T00:00:00Z underflows time literal")]
    [InlineData("SELECT value FROM m WHERE time > '0001-01-01' tz('Asia/Tokyo')",
        "time 0001-01-01T00:00:00Z underflows time literal")]
    [InlineData("SELECT value FROM m WHERE time < '2300-01-01T00:00:00Z'",
        "time 2300-01-01T00:00:00Z overflows time literal")]
    [InlineData("SELECT mean(value), distinct(value) FROM m",
        "aggregate function distinct() cannot be combined with other functions or fields")]
    public async Task A_statement_that_breaks_a_rule_says_which(string query, string error)
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            var answer = await store.InfluxQl.ExecuteAsync(query, null, default);
            Assert.Equal(error, Assert.Single(answer.Results).Error);
        });
    }

    [Fact]
    public async Task Groups_that_together_give_too_many_rows_are_refused()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            for (var i = 0; i < 25; i++)
            {
                await store.Samples.WriteAsync(catalog.Intern("m", $"r{i}"), (0, 1));
            }

            Assert.Contains(
                "query asks for more than 2000000 rows; ask for a shorter time range, wider groups or fewer series",
                await AskAsync(
                    store,
                    $"SELECT mean(value) FROM m WHERE time >= {Some.At(0)} AND time < {Some.At(99_000)} "
                        + "GROUP BY time(1s), resource_id"));
        });
    }

    [Fact]
    public async Task A_group_width_that_gives_too_many_groups_is_refused_without_a_start_too()
    {
        await Some.InStoreAsync(_folder, async (store, catalog) =>
        {
            await store.Samples.WriteAsync(catalog.Intern("m", "r"), (0, 1));
            Assert.Contains(
                "max-select-buckets limit exceeded: (",
                await AskAsync(store, "SELECT mean(value) FROM m WHERE time < 9223372036854775807 GROUP BY time(1s)"));
        });
    }

    [Theory]
    [InlineData("DROP DATABASE x", "error parsing query: DROP statements are not supported by Ops")]
    [InlineData("SELECT a FROM m\nWHERE x = ",
        "error parsing query: found EOF, expected identifier, string, number, bool at line 2, char 10")]
    [InlineData("SELECT a FROM m WHERE (x = 1", "error parsing query: found EOF, expected ) at line 1, char 29")]
    [InlineData("SELECT 5x FROM m", "error parsing query: invalid duration")]
    [InlineData("SELECT a FROM m LIMIT 99999999999", "error parsing query: unable to parse integer at line 1, char 23")]
    [InlineData("", "missing required parameter \"q\"")]
    public async Task A_text_that_cannot_be_read_says_where(string query, string error)
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
            Assert.Equal(error, (await store.InfluxQl.ExecuteAsync(query, null, default)).Error));
    }

    [Fact]
    public async Task Brackets_beyond_the_limit_are_refused()
    {
        await Some.InStoreAsync(_folder, async (store, _) =>
        {
            var query = $"SELECT a FROM m WHERE {new string('(', 5000)}a{new string(')', 5000)} = 1";
            Assert.Equal(
                "error parsing query: expression is nested deeper than 100",
                (await store.InfluxQl.ExecuteAsync(query, null, default)).Error);
        });
    }

    public void Dispose() => _folder.Dispose();

    private static string Json(string withSingleQuotes) => withSingleQuotes.Replace('\'', '"');

    private static async Task<string> AskAsync(Ops.Storage.Store store, string query, string? database = null) =>
        InfluxQlJson.ToText(await store.InfluxQl.ExecuteAsync(query, database, default));
}
