using Ops.Model;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>Alarms as a table.</summary>
internal static class AlarmTable
{
    /// <summary>Prints it, or that there are none.</summary>
    public static void Print(IReadOnlyList<AlarmView> alarms, Terminal terminal)
    {
        if (alarms.Count == 0)
        {
            terminal.Output.WriteLine("No alarms.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Id", "Severity", "Alarm", "On", "State", "Since", "Reason");
        foreach (var alarm in alarms)
        {
            table.AddRow(
                Terminal.Plain(alarm.Id),
                Words.Coloured(alarm.Severity),
                Terminal.Plain(alarm.Name),
                Terminal.Plain(Words.Of(alarm.Resource)),
                Terminal.Plain(alarm.State),
                Words.At(alarm.Since),
                Terminal.Plain(alarm.Reason));
        }

        terminal.Console.Write(table);
    }
}
