using System.Security.Cryptography;
using System.Text;
using Ops.Model;
using Ops.Remediation.Notifications.Bodies;
using Ops.Remediation.Notifications.Delivery;
using Ops.Remediation.Notifications.Routes;

namespace Ops.Remediation.Notifications;

/// <summary>Sends alarms that changed to the webhooks whose routes take them.</summary>
/// <remarks>
/// What it is given is on disk when the call returns, and is delivered at least once and in order for each route, over
/// restarts, until it is taken, refused for good, or too old; then it is a dead letter. A receiver that is slow or down
/// holds up its own route alone. Safe for concurrent use.
/// </remarks>
public sealed class WebhookNotifier : IDisposable
{
    private readonly NotifierOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string>? _log;
    private readonly Outbox _outbox;
    private readonly WebhookSender _sender;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Running> _routes = new(StringComparer.Ordinal);
    private CancellationToken? _running;
    private bool _isRestored;

    /// <summary>A notifier without routes; <see cref="Reload"/> gives it some.</summary>
    /// <param name="options">Limits and waits.</param>
    /// <param name="state">Keeps what is due over a restart; null keeps it in memory alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Takes one sentence about what failed, without addresses or secrets; or null.</param>
    public WebhookNotifier(NotifierOptions options, IStateStore? state, TimeProvider time, Action<string>? log = null)
    {
        (_options, _time, _log) = (options, time, log);
        _outbox = new Outbox(state, options.DeadLettersMax, log);
        _sender = new WebhookSender(options, time);
    }

    /// <summary>How the routes fare, by name.</summary>
    public IReadOnlyList<RouteStatus> Status
    {
        get
        {
            lock (_lock)
            {
                return [.. _routes.Values.Select(route => route.Worker.Status).OrderBy(status => status.Route)];
            }
        }
    }

    /// <summary>Dead letters that were dropped because there were too many.</summary>
    public long DeadLettersDropped => _outbox.DeadDropped;

    /// <summary>What could not be delivered, oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters() =>
    [
        .. _outbox.DeadLetters().Select(letter => new DeadLetter(
            letter.Id, letter.Route, letter.EventId, letter.Event, letter.CreatedAt, letter.Attempts,
            letter.Error ?? "")),
    ];

    /// <summary>
    /// Puts the routes in force. What is due on a route that stays, is delivered by its new settings; what is due on
    /// one that is gone becomes dead letters. The first time, what was due before the restart is taken up.
    /// </summary>
    public void Reload(IReadOnlyList<NotificationRoute> routes)
    {
        lock (_lock)
        {
            var names = routes.Select(route => route.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, gone) in _routes.Where(known => !names.Contains(known.Key)).ToList())
            {
                _routes.Remove(name);
                _ = EndAsync(gone, NoRoute(name));
            }

            foreach (var route in routes)
            {
                if (_routes.TryGetValue(route.Name, out var known))
                {
                    known.Worker.Route = route;
                }
                else
                {
                    _routes.Add(route.Name, Start(route));
                }
            }

            TakeUpRestored();
        }
    }

    /// <summary>
    /// Hands over alarms that changed. They are on disk for every route that takes them when it returns.
    /// </summary>
    public void Enqueue(params IReadOnlyList<AlarmNotification> notifications)
    {
        lock (_lock)
        {
            var due = new List<(RouteWorker Worker, OutboxRecord Record)>();
            foreach (var notification in notifications.Where(notification => notification.Event is not null))
            {
                foreach (var (worker, _, _) in _routes.Values)
                {
                    if (worker.Route.Takes(notification.Alarm) && Record(notification, worker.Route) is var record
                        && !worker.Holds(record.Id) && !due.Exists(other => other.Record.Id == record.Id))
                    {
                        due.Add((worker, record with { Sequence = _outbox.NextSequence() }));
                    }
                }
            }

            if (due.Count > 0)
            {
                _outbox.Keep([.. due.Select(delivery => delivery.Record)]);
                due.ForEach(delivery => delivery.Worker.Add(delivery.Record));
            }
        }
    }

    /// <summary>Tries a dead letter again, at the end of its route's queue.</summary>
    /// <returns>False where no dead letter has that id or its route is gone.</returns>
    public bool Redeliver(string id)
    {
        lock (_lock)
        {
            var letter = _outbox.DeadLetters().FirstOrDefault(letter => letter.Id == id);
            if (letter is null || !_routes.TryGetValue(letter.Route, out var route) || _outbox.Exhume(id) is null)
            {
                return false;
            }

            var now = _time.GetUtcNow();
            var record = letter with
            {
                Sequence = _outbox.NextSequence(), Attempts = 0, CreatedAt = now, NextAt = now, Error = null,
            };
            _outbox.Keep([record]);
            route.Worker.Add(record);
            return true;
        }
    }

    /// <summary>Delivers until cancelled. What is under way then is tried again after the next start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _running = cancellationToken;
            foreach (var name in _routes.Keys.ToList())
            {
                _routes[name] = Start(_routes[name].Worker);
            }
        }

        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(Ended()).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var route in _routes.Values)
        {
            route.Stop.Dispose();
            route.Worker.Dispose();
        }

        _sender.Dispose();
    }

    private static string NoRoute(string name) => $"route '{name}' is no longer configured";

    private static async Task EndAsync(Running gone, string why)
    {
        await gone.Stop.CancelAsync().ConfigureAwait(false);
        await gone.Task.ConfigureAwait(false);
        gone.Worker.Abandon(why);
        gone.Worker.Dispose();
        gone.Stop.Dispose();
    }

    private Task[] Ended()
    {
        lock (_lock)
        {
            _running = null;
            return [.. _routes.Values.Select(route => route.Task)];
        }
    }

    private Running Start(NotificationRoute route) =>
        Start(new RouteWorker(route, _outbox, _sender, _options, _time, _log));

    private Running Start(RouteWorker worker)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_running ?? CancellationToken.None);
        var task = _running is null ? Task.CompletedTask : Task.Run(() => worker.RunAsync(stop.Token));
        return new Running(worker, stop, task);
    }

    private void TakeUpRestored()
    {
        foreach (var record in _isRestored ? [] : _outbox.Restored)
        {
            if (_routes.TryGetValue(record.Route, out var route))
            {
                route.Worker.Add(record);
            }
            else
            {
                _outbox.Bury(record, NoRoute(record.Route));
            }
        }

        _isRestored = true;
    }

    private OutboxRecord Record(AlarmNotification notification, NotificationRoute route)
    {
        var key = Encoding.UTF8.GetBytes($"{notification.EventId}\0{route.Name}");
        var now = _time.GetUtcNow();
        return new OutboxRecord
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 16)),
            Sequence = 0,
            Route = route.Name,
            EventId = notification.EventId,
            Event = notification.Event!,
            ContentType = NotificationBody.ContentType(route.Format),
            Body = NotificationBody.Render(notification, route, _options),
            CreatedAt = now,
            NextAt = now,
        };
    }

    private sealed record Running(RouteWorker Worker, CancellationTokenSource Stop, Task Task);
}
