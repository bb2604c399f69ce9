using System.Diagnostics;

namespace Ops.Integration.Notifications;

/// <summary>A real OpenStack service as the bus sees it: oslo.messaging in a process of its own.</summary>
internal sealed class OsloPublisher : IDisposable
{
    private const string Script = """
        import json, sys, time
        from oslo_config import cfg
        import oslo_messaging

        url, exchange, driver, durable, pause = sys.argv[1:6]
        conf = cfg.ConfigOpts()
        conf([])
        oslo_messaging.set_transport_defaults(exchange)
        transport = oslo_messaging.get_notification_transport(conf, url=url)
        conf.set_override("amqp_durable_queues", durable == "durable", group="oslo_messaging_rabbit")
        conf.set_override("rabbit_retry_interval", 1, group="oslo_messaging_rabbit")
        conf.set_override("rabbit_interval_max", 1, group="oslo_messaging_rabbit")
        for line in sys.stdin:
            order = json.loads(line)
            notifier = oslo_messaging.Notifier(
                transport, publisher_id=order["publisher_id"], driver=driver, topics=[order["topic"]], retry=-1)
            for number in range(order["count"]):
                payload = dict(order["payload"], number=number)
                getattr(notifier, order["priority"])(order["context"], order["event_type"], payload)
                time.sleep(float(pause))
            print("sent", order["count"], flush=True)
        """;

    private readonly Process _process;

    public OsloPublisher(string url, string exchange, string version, bool isDurable = false, double pause = 0)
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in new[]
                 {
                     "-c", Script, url, exchange, version, isDurable ? "durable" : "transient",
                     pause.ToString(System.Globalization.CultureInfo.InvariantCulture),
                 })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        Errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it complained of, once it has ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>Sends notifications; done when the broker has confirmed them all.</summary>
    public async Task SendAsync(
        string eventType, object payload, string priority = "info", int count = 1, string topic = "notifications",
        object? context = null)
    {
        var order = System.Text.Json.JsonSerializer.Serialize(new
        {
            publisher_id = "compute.host-1",
            topic,
            priority,
            count,
            event_type = eventType,
            payload,
            context = context ?? new { user_id = "cu", project_id = "cp", request_id = "req-1" },
        });
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var answer = await _process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(answer == $"sent {count}", answer ?? $"oslo.messaging ended: {await Errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
