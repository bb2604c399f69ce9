namespace Ops.Server.Cli;

/// <summary>Opens what replay verbs read and write; <c>-</c> is standard input or output.</summary>
internal sealed class ReplayStreams(Terminal terminal, Func<Stream> standardInput)
{
    /// <summary>The input under that name.</summary>
    /// <exception cref="CommandFault">It cannot be opened.</exception>
    public Stream OpenInput(string name) => name == "-"
        ? standardInput()
        : Guarded(name, () => new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16));

    /// <summary>
    /// The output under that name; what is written to standard output arrives when the stream is closed.
    /// </summary>
    /// <exception cref="CommandFault">It cannot be opened.</exception>
    public Stream OpenOutput(string? name) => name is null or "-"
        ? new WriterStream(terminal.Output)
        : Guarded(name, () => new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16));

    /// <summary>How messages name an input.</summary>
    public static string NameOf(string name) => name == "-" ? "standard input" : name;

    private static FileStream Guarded(string name, Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var cause = fault is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : fault.Message;
            throw new CommandFault($"{name}: {cause}");
        }
    }
}
