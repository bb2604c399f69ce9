using Ops.Model;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>Events as a table.</summary>
internal static class EventTable
{
    /// <summary>Prints it, or that there are none.</summary>
    public static void Print(IReadOnlyList<EventView> events, Terminal terminal)
    {
        if (events.Count == 0)
        {
            terminal.Output.WriteLine("No events.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("When", "Event", "Traits");
        foreach (var one in events)
        {
            table.AddRow(
                Words.At(one.Generated),
                Terminal.Plain(one.EventType),
                Terminal.Plain(string.Join(", ", one.Traits.Select(trait => $"{trait.Key}={trait.Value}"))));
        }

        terminal.Console.Write(table);
    }
}
