namespace Ops.Integration.Support;

/// <summary>The small programs that tests start and kill.</summary>
public static class Scripts
{
    /// <summary>Listens on a loopback port and keeps every connection.</summary>
    public const string Listener = """
        import socket, sys
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", int(sys.argv[1])))
        server.listen()
        kept = []
        while True:
            kept.append(server.accept())
        """;

    /// <summary>Keeps a connection to a loopback port, and comes back when it is lost.</summary>
    public const string Client = """
        import socket, sys, time
        while True:
            try:
                link = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                while link.recv(1):
                    pass
            except OSError:
                pass
            time.sleep(0.5)
        """;

    /// <summary>Listens on a loopback port and keeps a file open for writing.</summary>
    public const string Writer = """
        import socket, sys, time
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", int(sys.argv[1])))
        server.listen()
        with open(sys.argv[2], "ab") as journal:
            while True:
                try:
                    journal.write(b"x")
                    journal.flush()
                except OSError:
                    pass
                time.sleep(1)
        """;
}
