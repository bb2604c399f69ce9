using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Ops.Storage.Files;

/// <summary>Opens a DuckDB file whose write-ahead log is damaged: keeps the log's sound beginning.</summary>
/// <remarks>
/// DuckDB itself passes over a last entry that was cut off; it refuses a log with a wrong checksum in it, as a power
/// failure can leave, and names the position. The damaged log is kept beside the file for whoever wants to look.
/// </remarks>
internal static partial class BrokenLog
{
    /// <summary>Cuts the log where it breaks, then opens the file; without a named place the whole log goes.</summary>
    /// <exception cref="StoreException">It does not open without a log either.</exception>
    public static DuckDBConnection Recover(
        string path, string settings, DuckDBException fault, DateTimeOffset now, Action<string> report)
    {
        var log = path + ".wal";
        var kept = $"{log}.broken-{now.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
        File.Copy(log, kept, overwrite: true);
        var length = new FileInfo(log).Length;
        foreach (var end in new[] { Place(fault.Message), 0 })
        {
            Cut(log, Math.Min(end, length));
            try
            {
                var connection = DuckFile.Connect(settings);
                report($"{log} was damaged: kept the first {Math.Min(end, length)} of {length} bytes; "
                    + $"what was flushed after that is lost. The damaged log is {kept}. DuckDB says: {fault.Message}");
                return connection;
            }
            catch (DuckDBException e)
            {
                fault = e;
            }
        }

        File.Move(kept, log, overwrite: true);
        throw new StoreException(
            $"{path} cannot be opened, even without its log: {fault.Message}. Move it away to start with an empty one",
            fault);
    }

    private static void Cut(string log, long length)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    private static long Place(string message)
    {
        var match = BytePosition().Match(message);
        return match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"entry at byte position (\d{1,18})")]
    private static partial Regex BytePosition();
}
