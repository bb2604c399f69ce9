using DuckDB.NET.Data;
using Ops.Model;
using Ops.Storage.InfluxQl.Execution;
using Ops.Storage.InfluxQl.Syntax;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl;

/// <summary>Answers InfluxQL over the stored samples, as InfluxDB 1.x would. Safe for concurrent use.</summary>
public sealed class InfluxQlEngine
{
    /// <summary>The most statements of one query.</summary>
    public const int StatementsMax = 1000;

    private readonly SampleStore _samples;
    private readonly StrandSource _source;
    private readonly TimeProvider _time;

    /// <summary>An engine over a store.</summary>
    /// <param name="samples">The store; what waits in it is flushed before a query.</param>
    /// <param name="time">What <c>now()</c> means.</param>
    public InfluxQlEngine(SampleStore samples, TimeProvider time)
    {
        _samples = samples;
        _time = time;
        _source = new StrandSource(samples.Registry, samples.Points);
    }

    /// <summary>Answers one or more statements, divided by semicolons.</summary>
    /// <param name="query">The text.</param>
    /// <param name="database">Shows series of that database and those of none; null or empty shows all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The results; faults are in it and never thrown.</returns>
    public async Task<InfluxQlAnswer> ExecuteAsync(string? query, string? database, CancellationToken cancellationToken)
    {
        var text = query?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return new InfluxQlAnswer([], "missing required parameter \"q\"");
        }

        IReadOnlyList<Statement> statements;
        try
        {
            statements = StatementParser.Parse(text);
            if (statements.Count > StatementsMax)
            {
                throw TokenStream.Fault($"more than {StatementsMax} statements");
            }
        }
        catch (InfluxQlException e)
        {
            return new InfluxQlAnswer([], e.Message);
        }

        await _samples.FlushAsync(cancellationToken);
        var results = new List<StatementResult>();
        var nowNs = _time.GetUtcNow().ToUnixNs();
        foreach (var statement in statements)
        {
            results.Add(await AnswerAsync(statement, database, nowNs, cancellationToken));
        }

        return new InfluxQlAnswer(results);
    }

    private async Task<StatementResult> AnswerAsync(
        Statement statement, string? database, long nowNs, CancellationToken cancellationToken)
    {
        try
        {
            return statement switch
            {
                SelectStatement select => new StatementResult(
                    await new SelectExecution(_source, database, nowNs).RunAsync(select, cancellationToken),
                    Zone: select.Zone),
                ShowStatement show => new StatementResult(new ShowExecution(_source, database).Run(show)),
                _ => new StatementResult(null),
            };
        }
        catch (Exception e) when (e is InfluxQlException or QueryLimitException or TimeoutException or DuckDBException)
        {
            return new StatementResult(null, e.Message);
        }
    }
}
