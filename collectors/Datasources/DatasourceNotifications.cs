using Ops.Collectors.Expressions;
using Ops.Collectors.Notifications;
using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Changes entities at once by what notifications say, as datasource files define it.</summary>
/// <remarks>
/// Versioned payloads are unwrapped (<c>nova_object.data</c> stands for its object), so that one definition reads
/// both forms.
/// </remarks>
public sealed class DatasourceNotifications(DatasourceSet set, IObservationSink sink, Action<string> report)
    : INotificationConsumer
{
    private const int UnwrapDepthMax = 40;

    /// <inheritdoc/>
    public async ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken)
    {
        List<Observation>? found = null;
        Dictionary<string, object?>? variables = null;
        foreach (var datasource in set.Datasources)
        {
            foreach (var definition in datasource.Notifications)
            {
                if (!definition.EventTypes.Any(type => Glob.Matches(type, notification.EventType)))
                {
                    continue;
                }

                variables ??= Variables(notification);
                Observe(datasource.Name, definition, notification, variables, found ??= []);
            }
        }

        if (found is { Count: > 0 })
        {
            await sink.AcceptAsync(found, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Observe(
        string datasource, NotificationDefinition definition, Notification notification,
        Dictionary<string, object?> variables, List<Observation> found)
    {
        try
        {
            var entry = definition.Entry is null
                ? variables["entry"]
                : definition.Entry.OrNull(variables["entry"], variables);
            var scope = new EntryScope(entry, new Dictionary<string, object?>(variables) { ["entry"] = entry });
            foreach (var entity in definition.Entities)
            {
                if (scope.Entity(entity, datasource) is not { } seen)
                {
                    continue;
                }

                found.Add(entity.DeletedOn.Any(type => Glob.Matches(type, notification.EventType))
                    ? new Observation
                    {
                        Entity = seen.Entity,
                        Action = ObservationAction.Delete,
                        At = notification.At,
                        Datasource = datasource,
                    }
                    : Partial(seen) with { At = notification.At });
            }
        }
        catch (EvaluationException fault)
        {
            report($"datasource '{datasource}': notification {notification.EventType} {notification.MessageId} "
                + $"cannot be read: {fault.Message}");
        }
    }

    /// <summary>A notification tells less than a listing: what it is silent about stays as it is.</summary>
    private static Observation Partial(Observation seen) => seen with
    {
        Properties = seen.Properties.Where(pair => pair.Value is not null).ToDictionary(),
        Complete = [.. seen.Complete.Where(kind => seen.Relations.Any(relation =>
            relation.Label == kind.Label && relation.Direction == kind.Direction
            && relation.Neighbour.Type == kind.NeighbourType))],
    };

    private static Dictionary<string, object?> Variables(Notification notification)
    {
        var body = AnswerValue.From(notification.Body) as IReadOnlyDictionary<string, object?>
            ?? new Dictionary<string, object?>();
        return new Dictionary<string, object?>
        {
            ["entry"] = Unwrap(body.GetValueOrDefault("payload"), 0),
            ["cloud"] = "",
            ["notification"] = new Dictionary<string, object?>
            {
                ["event_type"] = notification.EventType,
                ["priority"] = notification.Priority,
                ["publisher_id"] = notification.PublisherId,
                ["host"] = Host(notification.PublisherId),
            },
        };
    }

    /// <summary>The host in <c>nova-compute:host-1</c> or <c>compute.host-1</c>.</summary>
    private static string Host(string publisher) =>
        publisher[(publisher.IndexOf(publisher.Contains(':') ? ':' : '.') + 1)..];

    private static object? Unwrap(object? value, int depth)
    {
        return value switch
        {
            _ when depth > UnwrapDepthMax => null,
            IReadOnlyDictionary<string, object?> map when map.TryGetValue("nova_object.data", out var data) =>
                Unwrap(data, depth + 1),
            IReadOnlyDictionary<string, object?> map =>
                map.ToDictionary(pair => pair.Key, pair => Unwrap(pair.Value, depth + 1)),
            IReadOnlyList<object?> list => list.Select(item => Unwrap(item, depth + 1)).ToList(),
            _ => value,
        };
    }
}
