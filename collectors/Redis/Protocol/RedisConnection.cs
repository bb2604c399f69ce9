using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ops.Collectors.Redis.Protocol;

/// <summary>A connection to a Redis server or a Sentinel; one command at a time.</summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private Stream _stream = Stream.Null;
    private byte[] _buffer = new byte[16 << 10];
    private int _filled;

    private RedisConnection(Socket socket, TimeSpan timeout, TimeProvider time) =>
        (_socket, _timeout, _time) = (socket, timeout, time);

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="RedisException">It failed; nothing is left open.</exception>
    public static async Task<RedisConnection> OpenAsync(
        RedisTarget target, IPAddress address, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new RedisConnection(socket, timeout, time);
        var isOpen = false;
        try
        {
            await connection.WithinAsync(
                "to connect",
                async ending =>
                {
                    await socket.ConnectAsync(address, target.Port, ending).ConfigureAwait(false);
                    connection._stream = new NetworkStream(socket);
                    if (target.Tls)
                    {
                        connection._stream = await EncryptAsync(target, connection._stream, ending)
                            .ConfigureAwait(false);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            await connection.LogInAsync(target, cancellationToken).ConfigureAwait(false);
            isOpen = true;
            return connection;
        }
        finally
        {
            if (!isOpen)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Sends a command and takes its answer; an answer that is an error is a value, too.</summary>
    /// <exception cref="RedisException">No answer came in time; the connection is of no more use.</exception>
    public async Task<RespValue> AskAsync(CancellationToken cancellationToken, params string[] words)
    {
        await SendAsync(words, cancellationToken).ConfigureAwait(false);
        return await WithinAsync($"to answer {words[0]}", TakeAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a command whose answer comes among others.</summary>
    /// <exception cref="RedisException">It could not be sent in time.</exception>
    public Task SendAsync(string[] words, CancellationToken cancellationToken) => WithinAsync(
        $"to take {words[0]}",
        async ending =>
        {
            await _stream.WriteAsync(Encode(words), ending).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>The next value that comes, however long it takes.</summary>
    /// <exception cref="RedisException">The connection is lost.</exception>
    public Task<RespValue> NextAsync(CancellationToken cancellationToken) =>
        GuardAsync(TakeAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task LogInAsync(RedisTarget target, CancellationToken cancellationToken)
    {
        if (target.Password is not { } password)
        {
            return;
        }

        var answer = target.User is { } user
            ? await AskAsync(cancellationToken, "AUTH", user, password).ConfigureAwait(false)
            : await AskAsync(cancellationToken, "AUTH", password).ConfigureAwait(false);
        if (answer.IsError)
        {
            throw new RedisException($"refuses the login: {answer.Text}") { IsRefused = true };
        }
    }

    private async Task<RespValue> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = RespParser.Read(_buffer.AsSpan(0, _filled), out var value);
            if (taken > 0)
            {
                _filled -= taken;
                _buffer.AsSpan(taken, _filled).CopyTo(_buffer);
                return value!;
            }

            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new RedisException("closed the connection");
            }

            _filled += read;
        }
    }

    private async Task<T> WithinAsync<T>(
        string what, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await GuardAsync(act, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RedisException(string.Create(
                CultureInfo.InvariantCulture, $"took longer than {_timeout.TotalSeconds:0.###} s {what}"));
        }
    }

    private static async Task<T> GuardAsync<T>(
        Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException
            or CryptographicException)
        {
            throw new RedisException(e.Message);
        }
    }

    private static async Task<Stream> EncryptAsync(
        RedisTarget target, Stream plain, CancellationToken cancellationToken)
    {
        var stream = new SslStream(plain);
        var options = new SslClientAuthenticationOptions { TargetHost = target.Host };
        if (target.CaFile is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        return stream;
    }

    private static byte[] Encode(string[] words)
    {
        var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        return Encoding.UTF8.GetBytes(command.ToString());
    }
}
