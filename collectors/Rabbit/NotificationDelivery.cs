using Ops.Collectors.Notifications;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Ops.Collectors.Rabbit;

/// <summary>
/// Takes the messages of one connection one after the other: opens, hands to the consumers, and only then acknowledges.
/// </summary>
internal sealed class NotificationDelivery(
    IChannel channel, DeadLetters deadLetters, RabbitNotificationOptions options,
    IReadOnlyList<INotificationConsumer> consumers, DeliveryMemory memory, NotificationCounts counts,
    SemaphoreSlim turns, CollectorOutlets outlets, CancellationToken stopping)
{
    /// <summary>A delay of redelivery is doubled at most this often.</summary>
    private const int DoublingsMax = 6;

    /// <summary>Deals with a message. Never fails: what goes wrong with the broker ends the connection.</summary>
    public async Task TakeAsync(object sender, BasicDeliverEventArgs delivery)
    {
        counts.Receive();
        var isCounted = false;
        try
        {
            // A message of a lost connection may still be in hand when the next connection brings it again.
            await turns.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                if (channel.IsOpen)
                {
                    await DealAsync(delivery, () => isCounted = true).ConfigureAwait(false);
                }
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or AlreadyClosedException
            or OperationInterruptedException or PublishException or ObjectDisposedException)
        {
            // Not acknowledged: the broker delivers it again on the next connection.
        }

        if (!isCounted)
        {
            counts.Interrupt();
        }
    }

    private async Task DealAsync(BasicDeliverEventArgs delivery, Action counted)
    {
        var body = delivery.Body.ToArray();
        var now = outlets.Time.GetUtcNow();
        var opening = NotificationEnvelope.Open(body, PriorityOf(delivery.RoutingKey), now);
        if (opening.Notification is not { } notification)
        {
            await BuryAsync(delivery, body, $"the message {opening.Fault}", 0, counted).ConfigureAwait(false);
            return;
        }

        var id = opening.UniqueId.Length > 0 ? opening.UniqueId : notification.MessageId;
        if (opening.UniqueId.Length > 0 && memory.WasAccepted(id))
        {
            counts.Repeat();
            counted();
            await AcknowledgeAsync(delivery).ConfigureAwait(false);
            return;
        }

        switch (await ConsumeAsync(notification).ConfigureAwait(false))
        {
            case null:
                memory.Accept(id);
                counts.Accept();
                counted();
                await AcknowledgeAsync(delivery).ConfigureAwait(false);
                break;
            case NotificationRefusedException refusal:
                await BuryAsync(delivery, body, refusal.Message, 1, counted).ConfigureAwait(false);
                break;
            case var failure when memory.Fail(id) is var failures && failures > options.RedeliveryMax:
                memory.Forget(id);
                await BuryAsync(
                    delivery, body, $"failed {failures} times, last: {failure.Message}", failures, counted)
                    .ConfigureAwait(false);
                break;
            case var failure:
                counts.Redeliver();
                counted();
                SendBack(delivery, memory.FailuresOf(id), failure);
                break;
        }
    }

    /// <summary>Hands over to every consumer; what the first one that fails says, or null.</summary>
    private async Task<Exception?> ConsumeAsync(Notification notification)
    {
        foreach (var consumer in consumers)
        {
            try
            {
                await consumer.ConsumeAsync(notification, stopping).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                return e;
            }
        }

        return null;
    }

    private void SendBack(BasicDeliverEventArgs delivery, int failures, Exception failure)
    {
        outlets.Report($"notifications: a message of {delivery.RoutingKey} failed and is delivered again "
            + $"({failures} of {options.RedeliveryMax}): {failure.Message}");
        var doublings = Math.Min(failures - 1, DoublingsMax);
        _ = SendBackAsync(delivery.DeliveryTag, options.RedeliveryDelay * Math.Pow(2, doublings));
    }

    /// <summary>Lets the message rest while others go on, then gives it back to its queue.</summary>
    private async Task SendBackAsync(ulong tag, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, outlets.Time, stopping).ConfigureAwait(false);
            await channel.BasicNackAsync(tag, multiple: false, requeue: true, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AlreadyClosedException
            or OperationInterruptedException or ObjectDisposedException)
        {
            // The connection is gone, and with it the message is back in its queue.
        }
    }

    private async Task BuryAsync(
        BasicDeliverEventArgs delivery, byte[] body, string reason, int failures, Action counted)
    {
        await deadLetters.BuryAsync(delivery, body, reason, failures, stopping).ConfigureAwait(false);
        counts.Bury();
        counted();
        outlets.Report(
            $"notifications: a message of {delivery.RoutingKey} went to {options.DeadLetterQueue}: {reason}");
        await AcknowledgeAsync(delivery).ConfigureAwait(false);
    }

    private ValueTask AcknowledgeAsync(BasicDeliverEventArgs delivery) =>
        channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);

    private static string PriorityOf(string routingKey) => routingKey[(routingKey.LastIndexOf('.') + 1)..];
}
