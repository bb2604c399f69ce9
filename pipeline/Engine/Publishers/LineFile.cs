using System.Buffers;
using System.Text.Json;

namespace Ops.Pipeline.Publishers;

/// <summary>A file to which lines of JSON are appended, rotated by size.</summary>
/// <remarks>
/// With both limits set the file is rotated before it would pass <c>max_bytes</c>: <c>name.1</c> is the newest of the
/// old ones, at most <c>backup_count</c> of them stay. Items that failed half-way are cut off again.
/// </remarks>
internal sealed class LineFile(string path, long bytesMax, int backups) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private FileStream? _file;

    /// <summary>Reads path and limits out of an address.</summary>
    /// <exception cref="FormatException">It names no file, or a limit is not what it may be.</exception>
    public static LineFile Of(PublisherAddress address)
    {
        var path = Uri.UnescapeDataString(address.Place);
        if (path.Length == 0 || path.EndsWith('/'))
        {
            throw new FormatException("it names no file, as in 'file:///var/log/samples.jsonl'");
        }

        var bytesMax = address.TakeInteger("max_bytes", 0, 0, int.MaxValue);
        var backups = address.TakeInteger("backup_count", 0, 0, 10_000);
        address.TakeBool("json", true);
        return new LineFile(path, bytesMax, backups);
    }

    /// <summary>Appends items, a line each.</summary>
    /// <param name="count">How many.</param>
    /// <param name="write">Writes the one of an index.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<PublishResult> AppendAsync(
        int count, Action<Utf8JsonWriter, int> write, CancellationToken cancellationToken)
    {
        var start = -1L;
        try
        {
            start = Open().Length;
            for (var i = 0; i < count; i++)
            {
                Encode(write, i);
                if (bytesMax > 0 && backups > 0 && _file!.Length > 0 && _file.Length + _line.WrittenCount > bytesMax)
                {
                    Rotate();
                    start = -1;
                }

                await Open().WriteAsync(_line.WrittenMemory, cancellationToken).ConfigureAwait(false);
            }

            await _file!.FlushAsync(cancellationToken).ConfigureAwait(false);
            return PublishResult.Sent;
        }
        catch (OperationCanceledException)
        {
            CutBack(start);
            throw;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            CutBack(start);
            return PublishResult.Passing(fault.Message);
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private FileStream Open() => _file ??= new FileStream(
        path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 65_536);

    private void Encode(Action<Utf8JsonWriter, int> write, int index)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, SampleJson.Options))
        {
            write(json, index);
        }

        _line.Write("\n"u8);
    }

    private void Rotate()
    {
        _file!.Dispose();
        _file = null;
        for (var i = backups - 1; i >= 1; i--)
        {
            if (File.Exists($"{path}.{i}"))
            {
                File.Move($"{path}.{i}", $"{path}.{i + 1}", overwrite: true);
            }
        }

        File.Move(path, $"{path}.1", overwrite: true);
    }

    private void CutBack(long length)
    {
        try
        {
            if (_file is { } file && length >= 0)
            {
                file.SetLength(length);
            }

            _file?.Dispose();
        }
        catch (IOException)
        {
            // The disk is still full: what it holds of the batch stays, and the next attempt opens the file anew.
        }

        _file = null;
    }
}
