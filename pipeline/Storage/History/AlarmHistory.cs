using System.Text.Json;
using DuckDB.NET.Data;
using Ops.Model;
using Ops.Storage.Files;

namespace Ops.Storage.History;

/// <summary>Keeps every coming and going of alarms, so that one can ask which were there at a time.</summary>
/// <remarks>
/// Moments wait in memory and go to disk within <see cref="FlushEvery"/>; a process that dies loses at most those. Safe
/// for concurrent use.
/// </remarks>
public sealed class AlarmHistory
{
    /// <summary>The most spans that one question returns.</summary>
    public const int SpansMax = 10_000;

    /// <summary>The most moments that wait; more are dropped, and said.</summary>
    public const int WaitingMax = 100_000;

    /// <summary>How long a moment waits at most.</summary>
    public static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(400);

    private readonly DuckFile _file;
    private readonly SemaphoreSlim _writing;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly Lock _lock = new();
    private List<AlarmMoment> _waiting = [];
    private long _dropped;
    private bool _isFailing;

    internal AlarmHistory(DuckFile file, SemaphoreSlim writing, TimeProvider time, Action<string> report)
    {
        (_file, _writing, _time, _report) = (file, writing, time, report);
        file.Execute(
            "CREATE TABLE IF NOT EXISTS alarm_moments "
            + "(at_ns BIGINT, alarm_id VARCHAR, is_end BOOLEAN, alarm VARCHAR)");
    }

    /// <summary>How many moments found no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes moments; never waits.</summary>
    public void Record(IEnumerable<AlarmMoment> moments)
    {
        lock (_lock)
        {
            foreach (var moment in moments)
            {
                if (_waiting.Count < WaitingMax)
                {
                    _waiting.Add(moment);
                }
                else if (Interlocked.Increment(ref _dropped) == 1)
                {
                    _report($"the history of alarms is full with {WaitingMax} that wait; further ones are lost");
                }
            }
        }
    }

    /// <summary>Ends what the history still takes for live and is not: alarms that went while nothing ran.</summary>
    /// <param name="live">Ids of the alarms that are there.</param>
    /// <param name="at">When their end is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EndAllButAsync(
        IReadOnlySet<string> live, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var open = await _file.ReadAsync((connection, _) => AlarmSpans.Open(connection), cancellationToken);
        Record(open.Where(one => !live.Contains(one.Id)).Select(alarm => new AlarmMoment(alarm, at, IsEnd: true)));
    }

    /// <summary>Alarms that were there at any moment of a time range, the newest first.</summary>
    /// <param name="from">From, inclusive.</param>
    /// <param name="to">To, exclusive.</param>
    /// <param name="countMax">The most that are returned, at most <see cref="SpansMax"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AlarmSpanView>> QueryAsync(
        DateTimeOffset from, DateTimeOffset to, int countMax, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await _file.ReadAsync(
            (connection, _) => AlarmSpans.Between(
                connection, from.ToUnixNs(), to.ToUnixNs(), Math.Clamp(countMax, 0, SpansMax)),
            cancellationToken);
    }

    /// <summary>Writes what waits, every <see cref="FlushEvery"/>, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(FlushEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Writes what waits now; what the disk refuses waits on.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return;
            }
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(WriteWaiting, CancellationToken.None);
            _isFailing = false;
        }
        catch (DuckDBException fault)
        {
            if (!_isFailing)
            {
                _report($"{_file.Path}: the history of alarms is not written, tried again: {fault.Message}");
            }

            _isFailing = true;
        }
        finally
        {
            _writing.Release();
        }
    }

    internal void DeleteOlder(long beforeNs)
    {
        using var command = _file.Writer.CreateCommand();
        command.CommandText =
            "DELETE FROM alarm_moments WHERE alarm_id IN "
            + "(SELECT alarm_id FROM alarm_moments WHERE is_end AND at_ns < $before)";
        command.Parameters.Add(new DuckDBParameter("before", beforeNs));
        command.ExecuteNonQuery();
    }

    private void WriteWaiting()
    {
        AlarmMoment[] moments;
        lock (_lock)
        {
            moments = [.. _waiting];
        }

        using (var transaction = _file.Writer.BeginTransaction())
        {
            using (var appender = _file.Writer.CreateAppender("alarm_moments"))
            {
                foreach (var moment in moments)
                {
                    appender.CreateRow()
                        .AppendValue(moment.At.ToUnixNs())
                        .AppendValue(moment.Alarm.Id)
                        .AppendValue(moment.IsEnd)
                        .AppendValue(JsonSerializer.Serialize(moment.Alarm))
                        .EndRow();
                }
            }

            transaction.Commit();
        }

        lock (_lock)
        {
            _waiting.RemoveRange(0, moments.Length);
        }
    }
}
