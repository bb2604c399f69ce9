using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Works out the rows of one group of strands where columns are plain fields and tags, or stand beside a
/// selector.</summary>
internal sealed class RowAnswer(SelectPlan plan, Schema schema, IReadOnlyList<Strand> strands, TimeRange range)
{
    /// <summary>The rows, oldest first, each with its time in front.</summary>
    public List<Cell[]> Rows()
    {
        var fields = plan.Fields
            .SelectMany(field => RowCondition.FieldsIn(field.Expression, schema))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var rows = new List<StrandRow>();
        foreach (var strand in strands)
        {
            foreach (var row in StrandRows.Of(strand, fields))
            {
                if (row.TimeNs >= range.FromNs && row.TimeNs <= range.ToNs)
                {
                    rows.Add(row);
                    QueryLimitException.ThrowIfAbove("rows", rows.Count, StrandRows.RowsMax);
                }
            }
        }

        var sorted = strands.Count == 1 ? rows : [.. rows.OrderBy(row => row.TimeNs)];
        return plan.LoneSelector is null
            ? sorted.ConvertAll(row => Cells(row, row.TimeNs))
            : Selected(plan.LoneSelector, sorted);
    }

    private List<Cell[]> Selected(Call selector, List<StrandRow> rows)
    {
        var field = ((ColumnName)selector.Arguments[0]).Name;
        var candidates = rows.Where(row => !double.IsNaN(row.Value(field))).ToList();
        var picked = new List<Cell[]>();
        for (int from = 0, to; from < candidates.Count; from = to)
        {
            to = candidates.Count;
            var window = 0L;
            if (plan.Windows.Any)
            {
                window = plan.Windows.Start(candidates[from].TimeNs);
                var next = plan.Windows.Next(window);
                for (to = from + 1; to < candidates.Count && candidates[to].TimeNs < next; to++)
                {
                }
            }

            var group = candidates.GetRange(from, to - from);
            var standsAtWindow = plan.Windows.Any && Functions.KindOf(selector) == FunctionKind.Selector;
            picked.AddRange(Pick(selector, group, field)
                .Select(row => Cells(row, standsAtWindow ? window : row.TimeNs)));
        }

        return picked;
    }

    private static IEnumerable<StrandRow> Pick(Call selector, List<StrandRow> group, string field)
    {
        var times = group.ConvertAll(row => row.TimeNs).ToArray();
        var values = group.ConvertAll(row => row.Value(field)).ToArray();
        var parameter = Functions.Parameter(selector);
        if (Functions.KindOf(selector) == FunctionKind.Several)
        {
            return Reducers.Several(selector.Name, parameter, values).Select(index => group[index]);
        }

        var picked = Reducers.Select(selector.Name, parameter, times, values);
        return picked < 0 ? [] : [group[picked]];
    }

    private Cell[] Cells(StrandRow row, long timeNs)
    {
        var cells = new Cell[plan.Fields.Count + 1];
        cells[0] = Cell.OfTime(timeNs);
        for (var i = 0; i < plan.Fields.Count; i++)
        {
            cells[i + 1] = CellOf(plan.Fields[i].Expression, row);
        }

        return cells;
    }

    private Cell CellOf(Expression expression, StrandRow row)
    {
        if (expression is ColumnName name && schema.IsSelectedTag(name))
        {
            return Cell.OfText(row.Strand.Tags[name.Name]);
        }

        var inner = expression is Call call ? call.Arguments[0] : expression;
        return Cell.OfNumber(Arithmetic.Number(inner, field => row.Value(field.Name)));
    }
}
