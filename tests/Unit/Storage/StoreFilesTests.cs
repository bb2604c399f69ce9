using System.Text.RegularExpressions;
using Ops.Model;
using Ops.Storage;
using Ops.Storage.State;
using Xunit;

namespace Ops.Unit.Storage;

public sealed class StoreFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_with_the_pid_of_the_first()
    {
        await using var store = Some.Store(_folder, new SeriesCatalog());

        var fault = Assert.Throws<StoreException>(() => Some.Store(_folder, new SeriesCatalog()));

        Assert.Equal(
            $"data folder {_folder.File("data")} is in use by process {Environment.ProcessId}; "
            + "stop it first, or start with another --data folder",
            fault.Message);
    }

    [Fact]
    public async Task What_was_flushed_is_there_after_a_death_without_closing()
    {
        await CopyOfAKilledStoreAsync();

        await Some.InStoreAsync(_folder, async (store, _) => Assert.Equal([1, 2, 3], await ValuesAsync(store)));
    }

    [Fact]
    public async Task A_log_that_was_cut_off_loses_just_its_last_entry()
    {
        await CopyOfAKilledStoreAsync();
        using (var log = File.OpenWrite(_folder.File("data/samples.duckdb.wal")))
        {
            log.SetLength(log.Length - 5);
        }

        await Some.InStoreAsync(_folder, async (store, _) => Assert.Equal([1, 2], await ValuesAsync(store)));
    }

    [Fact]
    public async Task A_damaged_log_is_read_up_to_the_damage_and_the_rest_is_kept_aside()
    {
        await CopyOfAKilledStoreAsync();
        var log = _folder.File("data/samples.duckdb.wal");
        var bytes = File.ReadAllBytes(log);
        bytes[^50] ^= 0xff;
        File.WriteAllBytes(log, bytes);
        var said = new List<string>();

        await using (var store = Some.Store(_folder, new SeriesCatalog(), report: said.Add))
        {
            Assert.Equal([1, 2], await ValuesAsync(store));
        }

        Assert.Matches(
            $"^{Regex.Escape(log)} was damaged: kept the first [0-9]+ of {bytes.Length} bytes; what was flushed "
            + $"after that is lost\\. The damaged log is {Regex.Escape(log)}\\.broken-20231114T221320\\. "
            + "DuckDB says: .*Corrupt WAL file",
            Assert.Single(said));
        Assert.True(File.Exists(log + ".broken-20231114T221320"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllText(_folder.File("data/samples.duckdb"), new string('x', 20_000));

        var fault = Assert.Throws<StoreException>(() => Some.Store(_folder, new SeriesCatalog()));

        Assert.StartsWith($"{_folder.File("data/samples.duckdb")} cannot be opened: ", fault.Message);
        Assert.EndsWith(". Move it away to start with an empty one", fault.Message);
        DataFolder.Open(_folder.File("data")).Dispose();
    }

    [Fact]
    public async Task Samples_older_than_the_retention_go_but_history_that_was_just_loaded_stays()
    {
        var clock = Some.Clock();
        await Some.InStoreAsync(
            _folder,
            async (store, catalog) =>
            {
                await store.Samples.WriteAsync(catalog.Intern("old", "r"), (-100 * 86_400, 1));
                await store.ApplyRetentionAsync(default);
                Assert.Equal("old", Assert.Single(await store.Samples.MetersAsync(default)).Name);

                clock.Advance(TimeSpan.FromDays(15));
                await store.Samples.WriteAsync(catalog.Intern("new", "r"), (15 * 86_400, 2));
                await store.ApplyRetentionAsync(default);

                Assert.Equal("new", Assert.Single(await store.Samples.MetersAsync(default)).Name);
                Assert.Empty(await store.Samples.RangeAsync(
                    new RangeRequest { Meter = "old", From = Some.Time(-101 * 86_400), To = Some.Time(0) }, default));
            },
            clock);
    }

    [Fact]
    public async Task A_series_whose_samples_are_gone_is_forgotten_at_the_next_start()
    {
        var clock = Some.Clock();
        await Some.InStoreAsync(
            _folder,
            async (store, catalog) =>
            {
                await store.Samples.WriteAsync(catalog.Intern("gone", "r"), (0, 1));
                await store.Samples.FlushAsync(default);
                clock.Advance(TimeSpan.FromDays(15));
                await store.Samples.WriteAsync(catalog.Intern("here", "r"), (15 * 86_400, 2));
                await store.ApplyRetentionAsync(default);
            },
            clock);
        await Some.InStoreAsync(_folder, (_, catalog) =>
        {
            Assert.Equal(("here", 1), (catalog[0].Meter, catalog.Count));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void State_is_there_after_reopening_and_null_removes()
    {
        using (var state = new SqliteStateStore(_folder.File("state.db")))
        {
            state.Write([new("alarms", "a", [1]), new("alarms", "b", [2]), new("graph", "a", [3])]);
            state.Write([new("alarms", "b", null), new("alarms", "a", [4, 5])]);
        }

        using var again = new SqliteStateStore(_folder.File("state.db"));
        Assert.Equal([4, 5], again.Read("alarms", "a"));
        Assert.Null(again.Read("alarms", "b"));
        Assert.Equal("a", Assert.Single(again.ReadAll("graph")).Key);
        Assert.Empty(again.ReadAll("none"));
    }

    [Fact]
    public void Changes_are_made_all_or_none()
    {
        using var state = new SqliteStateStore(_folder.File("state.db"));
        state.Write([new("x", "kept", [1])]);

        Assert.ThrowsAny<Exception>(() => state.Write([new("x", "kept", null), new("x", null!, [2])]));

        Assert.Equal([1], state.Read("x", "kept"));
    }

    [Fact]
    public void State_of_a_newer_version_is_refused()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={_folder.File("state.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 7";
            command.ExecuteNonQuery();
        }

        var fault = Assert.Throws<StoreException>(() => new SqliteStateStore(_folder.File("state.db")));
        Assert.Equal(
            $"{_folder.File("state.db")}: written by a newer version of Ops (schema 7, this program knows 1)",
                fault.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IEnumerable<double>> ValuesAsync(Store store)
    {
        var request = new RangeRequest { Meter = "m", From = Some.Time(-10), To = Some.Time(10) };
        return Assert.Single(await store.Samples.RangeAsync(request, default)).Points.Select(point => point.Value);
    }

    // The files of a store as they are while it still runs are what a killed one leaves.
    private async Task CopyOfAKilledStoreAsync()
    {
        using var living = new TempFolder();
        await Some.InStoreAsync(living, async (store, catalog) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await store.Samples.WriteAsync(catalog.Intern("m", "r"), (i, i + 1));
                await store.Samples.FlushAsync(default);
            }

            Directory.CreateDirectory(_folder.File("data"));
            foreach (var name in new[] { "samples.duckdb", "samples.duckdb.wal" })
            {
                File.Copy(living.File("data/" + name), _folder.File("data/" + name));
            }
        });
    }
}
