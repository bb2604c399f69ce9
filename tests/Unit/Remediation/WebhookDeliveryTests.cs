using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ops.Remediation.Notifications;
using Ops.Remediation.Notifications.Routes;
using Ops.Unit.Alarms;
using Xunit;

namespace Ops.Unit.Remediation;

public sealed class WebhookDeliveryTests : IAsyncDisposable
{
    private readonly FakeStateStore _state = new();
    private readonly List<string> _log = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(WebhookNotifier Notifier, Task Loop)> _running = [];

    [Fact]
    public async Task An_alarm_reaches_its_receiver_signed()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var notifier = Start(Route(receiver) with
        {
            Secret = "s3cret", Headers = [KeyValuePair.Create("X-Team", "storage")],
        });
        notifier.Enqueue(SomeAlarm.Raised());
        await receiver.WaitAsync(1);

        var (headers, body) = receiver.Received.Single();
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret"), body);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(expected), headers["X-Ops-Signature"]);
        Assert.Equal("alarm.raised", headers["X-Ops-Event"]);
        Assert.Equal("storage", headers["X-Team"]);
        Assert.Equal("application/json", headers.ContentType);
        Assert.Equal(32, headers["Idempotency-Key"].ToString().Length);
        Assert.Equal("e1", EventId(body));
        await Until(() => _state.ReadAll("outbox").Count == 0);
        Assert.Equal(new RouteStatus("duty", 0, 1, 0, 0, null), notifier.Status.Single());
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_with_the_same_key_and_in_order()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (number, context) => Task.FromResult(
            context.Response.StatusCode = number switch { 0 => 500, 1 => 503, _ => 204 });
        var notifier = Start(Route(receiver));
        notifier.Enqueue(SomeAlarm.Raised(), SomeAlarm.Cleared());
        await receiver.WaitAsync(4);

        Assert.Equal(["e1", "e1", "e1", "e2"], receiver.Received.Select(request => EventId(request.Body)));
        Assert.Equal(2, receiver.Received.Select(Key).Distinct().Count());
        Assert.Equal(["route 'duty' cannot deliver, trying again: HTTP 500 Internal Server Error"], _log);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_and_tried_again()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (number, context) =>
            number == 0 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        var notifier = Start(Route(receiver), Options(attempt: TimeSpan.FromMilliseconds(150)));
        notifier.Enqueue(SomeAlarm.Raised());
        await receiver.WaitAsync(2);

        Assert.Equal(["route 'duty' cannot deliver, trying again: no answer within 0.15s"], _log);
    }

    [Fact]
    public async Task A_receiver_that_asks_to_wait_is_waited_for()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (number, context) =>
        {
            if (number == 0)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "3600";
            }

            return Task.CompletedTask;
        };
        var options = Options(retryAfterMax: TimeSpan.FromMilliseconds(300));
        var notifier = Start(Route(receiver), options);
        var started = TimeProvider.System.GetTimestamp();
        notifier.Enqueue(SomeAlarm.Raised());
        await receiver.WaitAsync(2);

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(280));
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 500);
        Start(Route(receiver)).Enqueue(SomeAlarm.Raised(), SomeAlarm.Cleared());
        await receiver.WaitAsync(2);
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Select(running => running.Loop));
        var before = receiver.Received.Count;
        Assert.Equal(2, _state.ReadAll("outbox").Count);

        receiver.Answer = (_, _) => Task.CompletedTask;
        Start(Route(receiver), stop: CancellationToken.None);
        await receiver.WaitAsync(before + 2);

        Assert.Equal(["e1", "e2"], receiver.Received.Skip(before).Select(request => EventId(request.Body)));
        Assert.Equal(Key(receiver.Received.First()), Key(receiver.Received.ElementAt(before)));
        await Until(() => _state.ReadAll("outbox").Count == 0);
    }

    [Fact]
    public async Task A_slow_receiver_does_not_delay_another()
    {
        await using var slow = await FakeReceiver.StartAsync();
        await using var quick = await FakeReceiver.StartAsync();
        slow.Answer = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var options = Options(attempt: TimeSpan.FromMinutes(1));
        var notifier = Start([Route(slow), Route(quick) with { Name = "other" }], options, _stop.Token);
        for (var number = 0; number < 20; number++)
        {
            notifier.Enqueue(SomeAlarm.Raised($"e{number}"));
        }

        await quick.WaitAsync(20);

        Assert.Equal(20, notifier.Status.Single(route => route.Route == "duty").Queued);
    }

    [Fact]
    public async Task A_refusal_for_good_is_a_dead_letter_and_the_next_goes_on()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (number, context) => Task.FromResult(context.Response.StatusCode = number == 0 ? 400 : 200);
        var notifier = Start(Route(receiver));
        notifier.Enqueue(SomeAlarm.Raised(), SomeAlarm.Cleared());
        await receiver.WaitAsync(2);

        var letter = Assert.Single(notifier.DeadLetters());
        Assert.Equal(("e1", "duty", 1), (letter.EventId, letter.Route, letter.Attempts));
        Assert.Equal("HTTP 400 Bad Request", letter.Why);

        Assert.True(notifier.Redeliver(letter.Id));
        await receiver.WaitAsync(3);
        Assert.Equal("e1", EventId(receiver.Received.Last().Body));
        Assert.Empty(notifier.DeadLetters());
        Assert.False(notifier.Redeliver("none"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        await using var elsewhere = await FakeReceiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.Redirect(elsewhere.Url.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        var notifier = Start(Route(receiver));
        notifier.Enqueue(SomeAlarm.Raised());
        await Until(() => notifier.DeadLetters().Count == 1);

        Assert.Equal("HTTP 307 Temporary Redirect", notifier.DeadLetters()[0].Why);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_yet_is_tried_again()
    {
        var gone = await FakeReceiver.StartAsync();
        var url = gone.Url;
        await gone.DisposeAsync();
        var notifier = Start(new NotificationRoute { Name = "duty", Url = url });
        notifier.Enqueue(SomeAlarm.Raised());
        await Until(() => notifier.Status.Single().Failed > 1);

        var status = notifier.Status.Single();
        Assert.Equal((1, 0, 0), (status.Queued, status.Sent, status.Dead));
        Assert.Contains("Connection refused", status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_so_many_attempts_it_is_a_dead_letter_that_outlives_a_restart()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 500);
        var notifier = Start(Route(receiver), Options(attempts: 3));
        notifier.Enqueue(SomeAlarm.Raised());
        await Until(() => notifier.DeadLetters().Count == 1);

        Assert.Equal(3, receiver.Received.Count);
        using var next = new WebhookNotifier(Options(), _state, TimeProvider.System);
        Assert.Equal(
            "gave up after 3 attempts: HTTP 500 Internal Server Error", Assert.Single(next.DeadLetters()).Why);
    }

    [Fact]
    public async Task The_same_event_twice_is_one_delivery_while_it_waits()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        using var notifier = new WebhookNotifier(Options(), _state, TimeProvider.System);
        notifier.Reload([Route(receiver)]);
        notifier.Enqueue(SomeAlarm.Raised(), SomeAlarm.Raised());
        notifier.Enqueue(SomeAlarm.Raised());

        Assert.Single(_state.ReadAll("outbox"));
    }

    [Fact]
    public async Task What_a_full_queue_pushes_out_is_a_dead_letter()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        using var notifier = new WebhookNotifier(Options(queued: 2), _state, TimeProvider.System);
        notifier.Reload([Route(receiver)]);
        notifier.Enqueue(SomeAlarm.Raised("e1"), SomeAlarm.Raised("e2"), SomeAlarm.Raised("e3"));

        var letter = Assert.Single(notifier.DeadLetters());
        Assert.Equal(("e2", "more than 2 deliveries waited for the route"), (letter.EventId, letter.Why));
        Assert.Equal(2, notifier.Status.Single().Queued);
    }

    [Fact]
    public async Task What_is_due_on_a_route_that_is_gone_is_kept_as_dead_letters()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 500);
        var notifier = Start(Route(receiver));
        notifier.Enqueue(SomeAlarm.Raised());
        await receiver.WaitAsync(1);
        notifier.Reload([]);
        await Until(() => notifier.DeadLetters().Count == 1);

        Assert.Equal("route 'duty' is no longer configured", notifier.DeadLetters()[0].Why);
        Assert.Empty(notifier.Status);
    }

    [Fact]
    public async Task A_reloaded_route_holds_from_the_next_attempt_on()
    {
        await using var wrong = await FakeReceiver.StartAsync();
        await using var right = await FakeReceiver.StartAsync();
        wrong.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 503);
        var notifier = Start(Route(wrong));
        notifier.Enqueue(SomeAlarm.Raised());
        await wrong.WaitAsync(1);
        notifier.Reload([Route(right)]);
        await right.WaitAsync(1);

        Assert.Equal("e1", EventId(right.Received.Single().Body));
    }

    [Fact]
    public async Task An_address_that_the_policy_forbids_is_not_called()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var notifier = Start(
            Route(receiver), new NotifierOptions { MayCall = address => !System.Net.IPAddress.IsLoopback(address) });
        notifier.Enqueue(SomeAlarm.Raised());
        await Until(() => notifier.DeadLetters().Count == 1);

        Assert.Equal("address 127.0.0.1 of 127.0.0.1 is refused by the egress policy", notifier.DeadLetters()[0].Why);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_full_disk_is_said_once_and_deliveries_go_on()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var notifier = Start(Route(receiver));
        _state.Fails = true;
        notifier.Enqueue(SomeAlarm.Raised("e1"));
        notifier.Enqueue(SomeAlarm.Raised("e2"));
        await receiver.WaitAsync(2);

        Assert.Equal(
            ["notifications cannot be written to disk and go on from memory: No space left on device"], _log);
    }

    [Fact]
    public void What_nobody_takes_is_not_kept()
    {
        using var notifier = new WebhookNotifier(Options(), _state, TimeProvider.System);
        notifier.Reload(
            [new NotificationRoute { Name = "a", Url = new Uri("http://127.0.0.1:1/"), Severities = ["CRITICAL"] }]);
        notifier.Enqueue(SomeAlarm.Raised());

        Assert.Equal(0, _state.Writes);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var (notifier, _) in _running)
        {
            notifier.Reload([]);
            notifier.Dispose();
        }

        _stop.Dispose();
    }

    private static NotificationRoute Route(FakeReceiver receiver) => new() { Name = "duty", Url = receiver.Url };

    private static string Key((IHeaderDictionary Headers, byte[] Body) request) =>
        request.Headers["Idempotency-Key"].ToString();

    private static string? EventId(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString();
    }

    private static NotifierOptions Options(
        int attempts = 30, int queued = 1000, TimeSpan? attempt = null, TimeSpan? retryAfterMax = null) => new()
        {
            AttemptTimeout = attempt ?? TimeSpan.FromSeconds(20),
            BackOffMin = TimeSpan.FromMilliseconds(10),
            BackOffMax = TimeSpan.FromMilliseconds(40),
            AttemptsMax = attempts,
            QueuedMax = queued,
            RetryAfterMax = retryAfterMax ?? TimeSpan.FromHours(1),
        };

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private WebhookNotifier Start(
        NotificationRoute route, NotifierOptions? options = null, CancellationToken? stop = null) =>
        Start([route], options ?? Options(), stop ?? _stop.Token);

    private WebhookNotifier Start(
        IReadOnlyList<NotificationRoute> routes, NotifierOptions options, CancellationToken stop)
    {
        var notifier = new WebhookNotifier(options, _state, TimeProvider.System, _log.Add);
        notifier.Reload(routes);
        _running.Add((notifier, notifier.RunAsync(stop)));
        return notifier;
    }
}
