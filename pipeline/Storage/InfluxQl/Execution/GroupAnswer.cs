using Ops.Storage.InfluxQl.Syntax;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Works out the rows of one group of strands where columns are functions.</summary>
internal sealed class GroupAnswer(SelectPlan plan, IReadOnlyList<Strand> strands, TimeRange range)
{
    private readonly Dictionary<string, Points> _merged = new(StringComparer.Ordinal);

    /// <summary>The rows, oldest first, each with its time in front.</summary>
    public List<Cell[]> Rows()
    {
        var curves = plan.Fields.Select(field => Evaluate(field.Expression, range)).ToList();
        return curves.Count == 1 ? Single(curves[0]) : SideBySide(curves);
    }

    private static List<Cell[]> Single(Curve curve)
    {
        var rows = new List<Cell[]>(curve.TimesNs.Count);
        for (var i = 0; i < curve.TimesNs.Count; i++)
        {
            rows.Add([Cell.OfTime(curve.TimesNs[i]), Cell.OfNumber(curve.Values[i])]);
        }

        return rows;
    }

    private static List<Cell[]> SideBySide(List<Curve> curves)
    {
        var rows = new SortedDictionary<long, Cell[]>();
        for (var column = 0; column < curves.Count; column++)
        {
            for (var i = 0; i < curves[column].TimesNs.Count; i++)
            {
                var time = curves[column].TimesNs[i];
                if (!rows.TryGetValue(time, out var row))
                {
                    rows[time] = row = new Cell[curves.Count + 1];
                    row[0] = Cell.OfTime(time);
                }

                row[column + 1] = Cell.OfNumber(curves[column].Values[i]);
            }
        }

        return [.. rows.Values];
    }

    private Curve Evaluate(Expression expression, TimeRange within)
    {
        switch (expression)
        {
            case NumberLiteral number:
                return new Curve { Constant = number.Value };
            case Binary binary:
                var dropsGaps = plan.Statement.Fill.Kind == FillKind.None;
                return Curve.Combine(
                    binary.Operator, Evaluate(binary.Left, within), Evaluate(binary.Right, within), dropsGaps);
            case Call call when Functions.KindOf(call) == FunctionKind.Transform:
                return Transform(call, within);
            case Call call:
                return Aggregate(call, within);
            default:
                throw new InfluxQlException("unsupported expression in SELECT");
        }
    }

    private Curve Transform(Call call, TimeRange within)
    {
        var windowNs = plan.Windows.WidthNs;
        if (call.Arguments[0] is not Call inner)
        {
            return Transforms.Apply(call, Raw((ColumnName)call.Arguments[0], within), windowNs);
        }

        var whole = Transforms.Apply(call, Evaluate(inner, within.Earlier(windowNs * plan.WindowsBefore)), windowNs);
        if (!within.HasStart)
        {
            return whole;
        }

        var shown = new Curve();
        var first = plan.Windows.Start(within.FromNs);
        for (var i = 0; i < whole.TimesNs.Count; i++)
        {
            if (whole.TimesNs[i] >= first)
            {
                shown.Add(whole.TimesNs[i], whole.Values[i]);
            }
        }

        return shown;
    }

    private Curve Raw(ColumnName name, TimeRange within)
    {
        var curve = new Curve();
        var points = Merged(name.Name);
        for (var i = 0; i < points.Count; i++)
        {
            if (points.TimesNs[i] >= within.FromNs && points.TimesNs[i] <= within.ToNs)
            {
                curve.Add(points.TimesNs[i], points.Values[i]);
            }
        }

        return curve;
    }

    private Curve Aggregate(Call call, TimeRange within)
    {
        var points = Merged(NameIn(call));
        var (from, to) = Bounds(points, within);
        var curve = new Curve();
        if (from == to)
        {
            return curve;
        }

        if (!plan.Windows.Any)
        {
            Reduce(call, points, from, to, within.HasStart ? within.FromNs : 0, curve);
            return curve;
        }

        for (int start = from, end; start < to; start = end)
        {
            var window = plan.Windows.Start(points.TimesNs[start]);
            var next = plan.Windows.Next(window);
            for (end = start + 1; end < to && points.TimesNs[end] < next; end++)
            {
            }

            Reduce(call, points, start, end, window, curve);
        }

        var fill = plan.Statement.Fill;
        if (fill.Kind == FillKind.Null && call.Name == "count")
        {
            fill = new Fill(FillKind.Number, 0);
        }

        return fill.Kind == FillKind.None || curve.TimesNs.Count == 0 || Functions.KindOf(call) == FunctionKind.Several
            ? curve
            : Filling.Apply(curve, plan.Windows, within, fill, plan.Statement.IsDescending);
    }

    private void Reduce(Call call, Points points, int from, int to, long windowNs, Curve curve)
    {
        var times = points.TimesNs[from..to];
        var values = points.Values[from..to];
        var parameter = Functions.Parameter(call);
        var ownTime = ReferenceEquals(call, plan.LoneSelector) && !plan.Windows.Any;
        switch (Functions.KindOf(call))
        {
            case FunctionKind.Selector:
                if (Reducers.Select(call.Name, parameter, times, values) is var picked and >= 0)
                {
                    curve.Add(ownTime ? times[picked] : windowNs, values[picked]);
                }

                break;
            case FunctionKind.Several:
                foreach (var index in Reducers.Several(call.Name, parameter, values))
                {
                    curve.Add(call.Name == "distinct" ? windowNs : times[index], values[index]);
                }

                break;
            default:
                var counted = call.Arguments[0] is Call distinct
                    ? Reducers.Several(distinct.Name, double.NaN, values).Count
                    : Reducers.Reduce(call.Name, values);
                curve.Add(windowNs, counted);
                break;
        }
    }

    private static string NameIn(Call call) =>
        call.Arguments[0] is Call inner ? NameIn(inner) : ((ColumnName)call.Arguments[0]).Name;

    private static (int From, int To) Bounds(Points points, TimeRange within)
    {
        var times = points.TimesNs;
        var from = times.BinarySearch(within.FromNs);
        from = from < 0 ? ~from : from;
        while (from > 0 && times[from - 1] == within.FromNs)
        {
            from--;
        }

        var to = times.BinarySearch(within.ToNs);
        to = to < 0 ? ~to : to;
        while (to < times.Length && times[to] == within.ToNs)
        {
            to++;
        }

        return (from, Math.Max(from, to));
    }

    private Points Merged(string field)
    {
        if (!_merged.TryGetValue(field, out var points))
        {
            _merged[field] = points = Points.Merge([.. strands.Select(strand => strand.Points(field))]);
        }

        return points;
    }
}
