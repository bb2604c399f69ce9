using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ops.Collectors.Redis.Info;
using Ops.Collectors.Redis.Protocol;

namespace Ops.Collectors.Redis.Topology;

/// <summary>Looks at one server or Sentinel, over a connection that it keeps.</summary>
internal sealed class ServerWatch(
    RedisTarget target, bool isSentinel, RedisOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The most masters of a Sentinel, and replicas of a master, that are looked at.</summary>
    private const int MembersMax = 256;

    /// <summary>How long a server that refuses the login is left alone.</summary>
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(1);

    private readonly ServerNames _names = new(options.MachineName);
    private RedisConnection? _connection;
    private string _host = target.Host;
    private string? _refusal;
    private long _refusedAt;

    /// <summary>The server.</summary>
    public RedisTarget Target => target;

    /// <summary>Asks it everything; a fault is part of the answer.</summary>
    public async Task<ServerReading> LookAsync(CancellationToken cancellationToken)
    {
        if (_refusal is not null && time.GetElapsedTime(_refusedAt) < RefusedPause)
        {
            return Nothing(_refusal) with { IsRefused = true };
        }

        try
        {
            _refusal = null;
            _connection ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await LookAsync(_connection, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisException e)
        {
            Dispose();
            if (e.IsRefused)
            {
                (_refusal, _refusedAt) = (e.Message, time.GetTimestamp());
            }

            return Nothing(e.Message) with { IsRefused = e.IsRefused };
        }
    }

    /// <summary>A connection of its own to the server.</summary>
    /// <exception cref="RedisException">It failed.</exception>
    public async Task<RedisConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var address = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        _host = address.ToString();
        return await RedisConnection.OpenAsync(target, address, options.Timeout, time, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Its id in the graph, as far as its address is known.</summary>
    public string Id => _names.Id(_host, target.Port);

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private ServerReading Nothing(string fault) => new(target, Id, _host) { Fault = fault };

    private async Task<ServerReading> LookAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var pong = await connection.AskAsync(cancellationToken, "PING").ConfigureAwait(false);
        var pingMs = time.GetElapsedTime(asked).TotalMilliseconds;
        var info = await connection.AskAsync(cancellationToken, "INFO").ConfigureAwait(false);
        if (info.IsError || info.Text is null)
        {
            // Without a login most servers answer so.
            var refusal = info.Text ?? "INFO is answered with nothing";
            throw new RedisException($"refuses INFO: {refusal}") { IsRefused = true };
        }

        var slowlog = isSentinel ? RespValue.Nothing
            : await connection.AskAsync(cancellationToken, "SLOWLOG", "LEN").ConfigureAwait(false);
        return new ServerReading(target, Id, _host)
        {
            Info = InfoReading.Read(info.Text),
            PingMs = pong.IsError ? null : pingMs,
            SlowlogLength = slowlog is { IsError: false, Text: { } length } ? Number(length) : null,
            Masters = isSentinel ? await MastersAsync(connection, cancellationToken).ConfigureAwait(false) : [],
        };
    }

    private static async Task<IReadOnlyList<WatchedMaster>> MastersAsync(
        RedisConnection connection, CancellationToken cancellationToken)
    {
        var answer = await connection.AskAsync(cancellationToken, "SENTINEL", "MASTERS").ConfigureAwait(false);
        var masters = new List<WatchedMaster>();
        foreach (var item in (answer.Items ?? []).Take(MembersMax))
        {
            var pairs = item.Pairs();
            if (!pairs.TryGetValue("name", out var name) || !pairs.TryGetValue("ip", out var host))
            {
                continue;
            }

            var replicas = await connection.AskAsync(cancellationToken, "SENTINEL", "REPLICAS", name)
                .ConfigureAwait(false);
            masters.Add(new WatchedMaster(
                name, host, (int)Number(pairs.GetValueOrDefault("port")), pairs.GetValueOrDefault("flags", ""),
                Number(pairs.GetValueOrDefault("config-epoch")), Number(pairs.GetValueOrDefault("quorum")),
                [
                    .. (replicas.Items ?? []).Take(MembersMax).Select(replica => replica.Pairs())
                        .Where(replica => replica.ContainsKey("ip"))
                        .Select(replica => new WatchedReplica(
                            replica["ip"], (int)Number(replica.GetValueOrDefault("port")),
                            replica.GetValueOrDefault("flags", ""))),
                ]));
        }

        return masters;
    }

    private async Task<IPAddress> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(target.Host, out var literal))
        {
            return literal;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken)
                .WaitAsync(options.Timeout, time, cancellationToken).ConfigureAwait(false);
            return addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)
                ?? addresses.FirstOrDefault() ?? throw new RedisException($"the name '{target.Host}' has no address");
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
            throw new RedisException($"the name '{target.Host}' has no address: {e.Message}");
        }
    }

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
