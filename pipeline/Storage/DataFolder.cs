using System.Globalization;

namespace Ops.Storage;

/// <summary>The folder that holds a server's data, locked for this process until it is disposed.</summary>
/// <remarks>Files: <c>samples.duckdb</c>, <c>state.db</c>, <c>ops.lock</c>, <c>ops.pid</c>. The lock dies with the
/// process.</remarks>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The file of samples and events.</summary>
    public string SamplesFile => System.IO.Path.Combine(Path, "samples.duckdb");

    /// <summary>The file of alarm states, the graph and other documents.</summary>
    public string StateFile => System.IO.Path.Combine(Path, "state.db");

    /// <summary>Makes the folder where there is none and locks it.</summary>
    /// <exception cref="StoreException">Another process holds it, or the folder cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var pidFile = System.IO.Path.Combine(full, "ops.pid");
        try
        {
            Directory.CreateDirectory(full);
            var held = new FileStream(
                System.IO.Path.Combine(full, "ops.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(full, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"data folder {full} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (File.Exists(pidFile) && IsHeld(e))
        {
            throw new StoreException(
                $"data folder {full} is in use by process {File.ReadAllText(pidFile).Trim()}; "
                + "stop it first, or start with another --data folder", e);
        }
        catch (IOException e)
        {
            throw new StoreException($"data folder {full} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _lock.Dispose();

    // .NET reports a lock that another holds as EWOULDBLOCK (11) on Linux and as a sharing violation on Windows.
    private static bool IsHeld(IOException e) =>
        e.HResult is 11 or 35 or unchecked((int)0x80070020) || e.Message.Contains("being used by another process");
}
