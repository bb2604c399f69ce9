using System.Text.Json;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>An InfluxQL answer as one table a series.</summary>
internal static class QueryTables
{
    /// <summary>Prints the tables unless JSON was printed already, and errors in any case.</summary>
    /// <returns>0, or 2 when a statement failed.</returns>
    public static int Print(JsonElement answer, bool onlyErrors, Terminal terminal)
    {
        var (exitCode, printed) = (0, 0);
        foreach (var result in Items(answer, "results"))
        {
            if (result.TryGetProperty("error", out var error))
            {
                terminal.Error.WriteLine($"ops: {Terminal.Printable(error.GetString())}");
                exitCode = 2;
            }

            foreach (var series in onlyErrors ? [] : Items(result, "series"))
            {
                PrintSeries(series, terminal);
                printed++;
            }
        }

        if (!onlyErrors && printed == 0 && exitCode == 0)
        {
            terminal.Output.WriteLine("Nothing found.");
        }

        return exitCode;
    }

    private static void PrintSeries(JsonElement series, Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Simple);
        var title = Title(series);
        if (title.Length > 0)
        {
            terminal.Output.WriteLine(Terminal.Printable(title));
        }

        foreach (var column in Items(series, "columns"))
        {
            table.AddColumn(new TableColumn(Terminal.Plain(column.GetString())));
        }

        foreach (var row in Items(series, "values"))
        {
            table.AddRow([.. row.EnumerateArray().Select(Cell)]);
        }

        terminal.Console.Write(table);
    }

    private static string Title(JsonElement series)
    {
        var name = series.TryGetProperty("name", out var text) ? text.GetString() ?? "" : "";
        return series.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Object
            ? $"{name} {string.Join(", ", tags.EnumerateObject().Select(tag => $"{tag.Name}={tag.Value}"))}"
            : name;
    }

    private static string Cell(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? "" : Terminal.Plain(value.ToString());

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];
}
