using Ops.Model;
using Ops.Storage.InfluxQl.Syntax;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Answers a SELECT.</summary>
internal sealed class SelectExecution(StrandSource source, string? database, long nowNs)
{
    /// <summary>The series of the answer, by measurement and group.</summary>
    /// <exception cref="InfluxQlException">The statement breaks a rule.</exception>
    /// <exception cref="QueryLimitException">It asks for too much.</exception>
    public async Task<IReadOnlyList<ResultSeries>> RunAsync(
        SelectStatement statement, CancellationToken cancellationToken) =>
        await RunAsync(statement, TimeRange.All, cancellationToken);

    private async Task<List<ResultSeries>> RunAsync(
        SelectStatement statement, TimeRange outer, CancellationToken cancellationToken)
    {
        var condition = Condition.Of(statement.Condition, nowNs, statement.Zone);
        var range = condition.Range.And(outer);
        var strands = await FindAsync(statement, range, cancellationToken);
        var schema = new Schema(strands);
        var plan = SelectPlan.Of(statement, schema);
        if (plan.Windows.Any && !range.HasEnd)
        {
            range = range with { ToNs = nowNs };
        }

        Filling.Check(plan.Windows, range);
        strands = await LoadAsync(plan, schema, strands, condition.Rest, range, cancellationToken);
        var answers = new List<ResultSeries>();
        var rows = 0L;
        foreach (var measurement in strands.GroupBy(strand => strand.Measurement))
        {
            foreach (var (tags, group) in Groups(plan, measurement))
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows += Answer(plan, schema, measurement.Key, tags, group, range, answers);
                QueryLimitException.ThrowIfAbove("rows", rows, StrandRows.RowsMax);
            }
        }

        return [.. statement.Paging.Series(answers)];
    }

    private static int Answer(
        SelectPlan plan, Schema schema, string measurement, IReadOnlyList<KeyValuePair<string, string>> tags,
        IReadOnlyList<Strand> group, TimeRange range, List<ResultSeries> answers)
    {
        var isPlain = plan.Calls.Count == 0 || (plan.LoneSelector is not null && plan.Fields.Count > 1);
        var rows = isPlain
            ? new RowAnswer(plan, schema, group, range).Rows()
            : new GroupAnswer(plan, group, range).Rows();
        if (plan.Statement.IsDescending)
        {
            rows.Reverse();
        }

        rows = [.. plan.Statement.Paging.Rows(rows)];
        if (rows.Count > 0)
        {
            answers.Add(new ResultSeries(measurement, tags, ["time", .. plan.Columns], rows));
        }

        return rows.Count;
    }

    private static IEnumerable<(IReadOnlyList<KeyValuePair<string, string>> Tags, List<Strand> Group)> Groups(
        SelectPlan plan, IEnumerable<Strand> strands)
    {
        var byKey = new SortedDictionary<string,
            (IReadOnlyList<KeyValuePair<string, string>> Tags, List<Strand> Group)>(
            StringComparer.Ordinal);
        foreach (var strand in strands)
        {
            var key = string.Join('\0', plan.Dimensions.Select(strand.Tag));
            if (!byKey.TryGetValue(key, out var group))
            {
                var tags = plan.Dimensions.Select(name => KeyValuePair.Create(name, strand.Tag(name)));
                byKey[key] = group = ([.. tags], []);
            }

            group.Group.Add(strand);
        }

        return byKey.Values;
    }

    private async Task<List<Strand>> FindAsync(
        SelectStatement statement, TimeRange range, CancellationToken cancellationToken)
    {
        var measurements = statement.Sources.OfType<MeasurementSource>().ToList();
        var strands = measurements.Count > 0 ? source.Find(measurements, database) : [];
        foreach (var subquery in statement.Sources.OfType<SubquerySource>())
        {
            var inner = await RunAsync(subquery.Select, range, cancellationToken);
            strands.AddRange(inner.SelectMany(Strands));
        }

        return strands;
    }

    // The rows of a subquery have the group's tags; tags that it selected as columns part them further.
    private static IEnumerable<Strand> Strands(ResultSeries series)
    {
        var strands = new Dictionary<Tags, Strand>();
        foreach (var row in series.Rows)
        {
            var tags = Tags.From((series.Tags ?? []).Concat(series.Columns
                .Select((column, i) => KeyValuePair.Create(column, row[i].Text ?? ""))
                .Where(pair => pair.Value != "")));
            if (!strands.TryGetValue(tags, out var strand))
            {
                strands[tags] = strand = new Strand(series.Name ?? "", tags);
            }

            for (var i = 1; i < row.Length; i++)
            {
                if (row[i].Kind == CellKind.Number)
                {
                    if (!strand.Fields.TryGetValue(series.Columns[i], out var points))
                    {
                        strand.Fields[series.Columns[i]] = points = new Points();
                    }

                    points.Add(row[0].TimeNs, row[i].Number);
                }
            }
        }

        foreach (var strand in strands.Values)
        {
            foreach (var points in strand.Fields.Values)
            {
                points.Settle();
            }
        }

        return strands.Values;
    }

    private async Task<List<Strand>> LoadAsync(
        SelectPlan plan, Schema schema, List<Strand> strands, Expression? rest, TimeRange range,
        CancellationToken cancellationToken)
    {
        var kept = new List<(Strand Strand, Expression? Condition)>();
        foreach (var strand in strands)
        {
            var reduced = rest is null ? null : RowCondition.Reduce(rest, strand, schema);
            if (reduced is not TruthLiteral { Value: false })
            {
                kept.Add((strand, reduced is TruthLiteral ? null : reduced));
            }
        }

        var fields = plan.Fields
            .SelectMany(field => RowCondition.FieldsIn(field.Expression, schema))
            .Concat(rest is null ? [] : RowCondition.FieldsIn(rest, schema))
            .ToHashSet(StringComparer.Ordinal);
        var chosen = kept.ConvertAll(pair => pair.Strand);
        await source.LoadAsync(
            chosen, fields, range.Earlier(plan.WindowsBefore * plan.Windows.WidthNs), cancellationToken);
        foreach (var (strand, condition) in kept)
        {
            if (condition is not null)
            {
                RowCondition.Filter(strand, condition, fields);
            }
        }

        return chosen;
    }
}
