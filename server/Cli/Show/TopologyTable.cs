using Ops.Model;
using Spectre.Console;

namespace Ops.Server.Cli.Show;

/// <summary>Entities as a table, each with the relations that leave it.</summary>
internal static class TopologyTable
{
    private const int NeighboursShownMax = 6;

    /// <summary>Prints entities whose type fits the pattern (all when null), and how many there are.</summary>
    public static void Print(TopologyView topology, string? type, Terminal terminal)
    {
        var names = new Dictionary<EntityRef, string>();
        foreach (var entity in topology.Entities)
        {
            names[new EntityRef(entity.Type, entity.Id)] = entity.Name;
        }

        var leaving = topology.Relations.ToLookup(relation => relation.From);
        var shown = topology.Entities
            .Where(entity => type is null || Glob.Matches(type, entity.Type))
            .OrderBy(entity => entity.Type, StringComparer.Ordinal)
            .ThenBy(entity => entity.Name, StringComparer.Ordinal)
            .ToList();

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Type", "Name", "Id", "State", "Operational", "Relations");
        foreach (var entity in shown)
        {
            table.AddRow(
                Terminal.Plain(entity.Type),
                Terminal.Plain(entity.Name),
                Terminal.Plain(entity.Id),
                Words.Coloured(entity.State),
                Words.Coloured(entity.OperationalState),
                Terminal.Plain(Relations(leaving[new EntityRef(entity.Type, entity.Id)], names)));
        }

        if (shown.Count > 0)
        {
            terminal.Console.Write(table);
        }

        terminal.Output.WriteLine(
            $"{shown.Count} of {topology.Entities.Count} entities, {topology.Relations.Count} relations");
    }

    private static string Relations(IEnumerable<RelationView> leaving, Dictionary<EntityRef, string> names) =>
        string.Join("; ", leaving.GroupBy(relation => relation.Label, StringComparer.Ordinal).Select(group =>
        {
            var neighbours = group.Select(relation => names.GetValueOrDefault(relation.To) ?? relation.To.Id).ToList();
            var more = neighbours.Count - NeighboursShownMax;
            return $"{group.Key} {string.Join(", ", neighbours.Take(NeighboursShownMax))}"
                + (more > 0 ? $" and {more} more" : "");
        }));
}
