using System.Globalization;
using Ops.Model;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>How the program fares, as two tables.</summary>
internal static class StatusTable
{
    /// <summary>Prints the parts, then the publishers where there are any.</summary>
    public static void Print(StatusView status, Terminal terminal)
    {
        terminal.Output.WriteLine(
            $"ops {Terminal.Printable(status.Version)}, since {Words.At(status.StartedAt)}, "
            + $"data in {Terminal.Printable(status.DataFolder)}");
        var parts = new Table().Border(TableBorder.Simple).AddColumns("Part", "State", "Detail");
        foreach (var part in status.Parts)
        {
            parts.AddRow(
                Terminal.Plain(part.Name),
                part.Ok ? "[green]ok[/]" : "[red]not ok[/]",
                Terminal.Plain(part.Detail));
        }

        terminal.Console.Write(parts);
        if (status.Publishers.Count > 0)
        {
            terminal.Console.Write(Publishers(status.Publishers));
        }
    }

    private static Table Publishers(IReadOnlyList<PublisherView> publishers)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Publisher", "Of", "Received", "Sent", "Queued", "Dropped");
        foreach (var one in publishers)
        {
            table.AddRow(
                Terminal.Plain(one.Address),
                Terminal.Plain(one.Signal),
                Number(one.Received),
                Number(one.Sent),
                Number(one.Queued),
                Terminal.Plain(string.Join(", ", one.Dropped.Select(lost => $"{Number(lost.Value)} {lost.Key}"))));
        }

        return table;
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
