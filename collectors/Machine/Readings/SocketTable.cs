using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>A TCP socket that listens or is connected.</summary>
/// <param name="Local">The near end.</param>
/// <param name="Remote">The far end; 0 for a listener.</param>
/// <param name="Inode">The number by which its owner is found.</param>
internal readonly record struct TcpSocket(TcpAddress Local, TcpAddress Remote, long Inode);

/// <summary>The TCP sockets of one network namespace. Source: proc(5), /proc/net/tcp and tcp6.</summary>
internal sealed class SocketTable
{
    /// <summary>The most established connections that are looked at; more are counted only.</summary>
    public const int EstablishedMax = 100_000;

    private readonly HashSet<long> _seen = [];

    /// <summary>Sockets that wait for connections.</summary>
    public List<TcpSocket> Listening { get; } = [];

    /// <summary>Sockets with an open connection.</summary>
    public List<TcpSocket> Established { get; } = [];

    /// <summary>Connections past <see cref="EstablishedMax"/>.</summary>
    public int Overlooked { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _seen.Clear();
        Listening.Clear();
        Established.Clear();
        Overlooked = 0;
    }

    /// <summary>Adds what one of the two files holds.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var lines = new FieldReader(text);
        lines.NextLine(out _);
        while (lines.NextLine(out var line))
        {
            line.Skip(1);
            var localWord = line.Word();
            var remoteWord = line.Word();
            var state = line.Word();
            var isListening = state.SequenceEqual("0A"u8);
            if (!isListening && !state.SequenceEqual("01"u8))
            {
                continue;
            }

            line.Skip(5);
            var inode = line.Long();
            if (inode != 0 && TcpAddress.TryParse(localWord, out var local)
                && TcpAddress.TryParse(remoteWord, out var remote) && _seen.Add(inode))
            {
                Add(isListening, new TcpSocket(local, remote, inode));
            }
        }
    }

    /// <summary>
    /// Adds the inodes of listening sockets, which the kernel lists first, and stops at the first other.
    /// </summary>
    public static void AddListeners(ReadOnlySpan<byte> text, HashSet<long> inodes)
    {
        var lines = new FieldReader(text);
        lines.NextLine(out _);
        while (lines.NextLine(out var line))
        {
            line.Skip(3);
            if (!line.Word().SequenceEqual("0A"u8))
            {
                return;
            }

            line.Skip(5);
            inodes.Add(line.Long());
        }
    }

    private void Add(bool isListening, in TcpSocket socket)
    {
        if (isListening)
        {
            Listening.Add(socket);
        }
        else if (Established.Count < EstablishedMax)
        {
            Established.Add(socket);
        }
        else
        {
            Overlooked++;
        }
    }
}
