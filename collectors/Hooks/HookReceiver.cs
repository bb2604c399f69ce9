using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ops.Collectors.Collectd;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Takes what other programs post: alerts become alarms, CloudEvents events.</summary>
/// <remarks>
/// Safe for concurrent use. An alert that tells what is known already passes once. The hooks may be replaced while
/// it runs.
/// </remarks>
public sealed class HookReceiver
{
    /// <summary>Bytes of a body.</summary>
    public const int BodyBytesMax = 4 << 20;

    /// <summary>Deepest nesting of a body.</summary>
    public const int DepthMax = 32;

    /// <summary>Headers that may hold the signature, <c>sha256=</c> and hexadecimal digits.</summary>
    private static readonly string[] SignatureHeaders = ["x-ops-signature", "x-hub-signature-256"];

    private readonly CollectorOutlets _outlets;
    private readonly AlertMemory _memory = new();
    private readonly ReadingSeries _readings;
    private volatile IReadOnlyDictionary<string, HookConfig> _hooks = new Dictionary<string, HookConfig>();
    private long _requests;
    private long _accepted;
    private long _refused;

    /// <summary>A receiver with those hooks.</summary>
    public HookReceiver(IReadOnlyList<HookConfig> hooks, CollectorOutlets outlets)
    {
        _outlets = outlets;
        _readings = new ReadingSeries(outlets.Catalog, new TypeNames());
        Reload(hooks);
    }

    /// <summary>Puts other hooks in force; of equal names the last counts.</summary>
    public void Reload(IReadOnlyList<HookConfig> hooks)
    {
        var byName = new Dictionary<string, HookConfig>(StringComparer.Ordinal);
        foreach (var hook in hooks)
        {
            byName[hook.Name] = hook;
        }

        _hooks = byName;
    }

    /// <summary>How it fares. Safe for concurrent use.</summary>
    public PartView Status() => new(
        "hooks", true,
        $"{_hooks.Count} hooks, {Interlocked.Read(ref _requests)} posts, {Interlocked.Read(ref _accepted)} alerts, "
        + $"events and values taken, {Interlocked.Read(ref _refused)} refused, {_memory.Firing} alarms firing",
        Essential: false);

    /// <summary>Takes a post.</summary>
    public async Task<HookResult> TakeAsync(HookRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (!_hooks.TryGetValue(request.Hook, out var hook))
        {
            return new HookResult(404, 0, 0, $"there is no hook '{request.Hook}'; a file of datasources/hooks makes one"
                + NearestName.Hint(request.Hook, _hooks.Keys));
        }

        if (hook.Secret is not null && !IsSigned(request, hook.Secret))
        {
            return new HookResult(401, 0, 0,
                "this hook asks for the header 'X-Ops-Signature: sha256=HMAC', the HMAC-SHA256 of the body with its "
                + "secret in hexadecimal");
        }

        var result = await TakeAsync(hook, request, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _accepted, result.Accepted);
        Interlocked.Add(ref _refused, result.Refused);
        return result;
    }

    private async Task<HookResult> TakeAsync(
        HookConfig hook, HookRequest request, CancellationToken cancellationToken)
    {
        var isStructured = request.ContentType?.StartsWith(
            "application/cloudevents", StringComparison.OrdinalIgnoreCase) == true;
        if (hook.Format == HookFormat.CloudEvents && !isStructured)
        {
            return await BinaryAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            using var json = JsonDocument.Parse(request.Body, new JsonDocumentOptions { MaxDepth = DepthMax });
            return hook.Format switch
            {
                HookFormat.CloudEvents => await EventsAsync(json.RootElement, cancellationToken).ConfigureAwait(false),
                HookFormat.Collectd => await ReadingsAsync(json.RootElement, cancellationToken).ConfigureAwait(false),
                _ => await AlertsAsync(hook, json.RootElement, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Text in JSON may hold half a surrogate pair, which shows only when it is asked for.
            return new HookResult(400, 0, 1, $"the body is not JSON: {fault.Message}");
        }
    }

    private async Task<HookResult> AlertsAsync(HookConfig hook, JsonElement body, CancellationToken cancellationToken)
    {
        if (hook.Format == HookFormat.Nagios && NagiosState.IsSoft(body))
        {
            return new HookResult(200, 1, 0, null);
        }

        var alerts = hook.Format switch
        {
            HookFormat.Alertmanager => AlertmanagerAlerts.Read(body),
            HookFormat.Zabbix => [ZabbixProblem.Read(body)],
            _ => [NagiosState.Read(body)],
        };
        var faults = new FaultTally();
        var accepted = 0;
        var now = _outlets.Time.GetUtcNow();
        var news = new List<AlarmTransition>();
        foreach (var alert in alerts ?? [null])
        {
            var transition = alert is null ? null : AlertMapping.Transition(hook, alert, now);
            if (transition is null)
            {
                faults.Add(alert is null
                    ? $"what came is no alert as {hook.Format.ToString().ToLowerInvariant()} sends it"
                    : $"nothing says which resource alert '{alert.Name}' is about; add an entry to 'alerts' of hook "
                    + $"'{hook.Name}'");
                continue;
            }

            accepted++;
            if (_memory.IsNews(transition.AlarmId, transition.Severity))
            {
                news.Add(transition);
            }
        }

        if (news.Count > 0)
        {
            await _outlets.Alarms.AcceptAsync(news, cancellationToken).ConfigureAwait(false);
            news.ForEach(one => _memory.Note(one.AlarmId, one.Severity));
        }

        return Result(accepted, faults);
    }

    private async Task<HookResult> EventsAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var nowNs = _outlets.Time.GetUtcNow().ToUnixNs();
        var faults = new FaultTally();
        var events = new List<Event>();
        foreach (var item in body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToArray() : [body])
        {
            if (CloudEvent.Structured(item, nowNs, out var fault) is { } one)
            {
                events.Add(one);
            }
            else
            {
                faults.Add(fault!);
            }
        }

        return await EventsAsync(events, faults, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HookResult> BinaryAsync(HookRequest request, CancellationToken cancellationToken)
    {
        var attributes = request.Headers
            .Where(header => header.Key.StartsWith("ce-", StringComparison.Ordinal))
            .Take(JsonMembers.LabelsMax)
            .ToDictionary(header => header.Key[3..], header => Uri.UnescapeDataString(header.Value));
        var isJson = request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        var faults = new FaultTally();
        var one = CloudEvent.Binary(
            attributes, request.Body, isJson, _outlets.Time.GetUtcNow().ToUnixNs(), out var fault);
        if (one is null)
        {
            faults.Add(fault!);
        }

        return await EventsAsync(one is null ? [] : [one], faults, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HookResult> EventsAsync(
        List<Event> events, FaultTally faults, CancellationToken cancellationToken)
    {
        if (events.Count > 0)
        {
            await _outlets.Events.AcceptAsync(events, cancellationToken).ConfigureAwait(false);
        }

        return Result(events.Count, faults);
    }

    private async Task<HookResult> ReadingsAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var readings = new List<ValueList>();
        var faults = new FaultTally();
        if (CollectdJson.Read(body, readings) is > 0 and var refused)
        {
            faults.Add("an entry is no reading as collectd sends it", refused);
        }

        var nowNs = _outlets.Time.GetUtcNow().ToUnixNs();
        var accepted = 0L;
        using var batch = new SampleBatch();
        for (var i = 0; i < readings.Count; i++)
        {
            _readings.Add(readings[i], nowNs, batch);
            if (batch.Count > SampleBatch.CountMax - PacketReader.ValuesMax || i == readings.Count - 1)
            {
                accepted += batch.Count;
                await _outlets.Samples.AcceptAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
            }
        }

        return Result(accepted, faults);
    }

    private static HookResult Result(long accepted, FaultTally faults) =>
        new(faults.Count > 0 && accepted == 0 ? 400 : 200, accepted, faults.Count, faults.Text);

    private static bool IsSigned(HookRequest request, string secret)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span);
        foreach (var header in SignatureHeaders)
        {
            if (request.Headers.GetValueOrDefault(header) is { } given
                && given.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase)
                && given.Length == 7 + (SHA256.HashSizeInBytes * 2) && given.AsSpan(7).IndexOfAnyExcept(
                    "0123456789abcdefABCDEF") < 0
                && CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(given.AsSpan(7))))
            {
                return true;
            }
        }

        return false;
    }
}
