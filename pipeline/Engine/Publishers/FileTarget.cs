using System.Buffers;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Appends samples to a file, one JSON object a line.</summary>
/// <remarks>
/// With both limits set the file is rotated before it would pass <c>max_bytes</c>: <c>name.1</c> is the newest of the
/// old ones, at most <c>backup_count</c> of them stay. A batch that failed half-way is cut off again before it is
/// retried.
/// </remarks>
internal sealed class FileTarget(string path, long bytesMax, int backups) : IPublisherTarget
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private FileStream? _file;

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var start = -1L;
        try
        {
            start = Open().Length;
            for (var i = 0; i < batch.Count; i++)
            {
                Encode(batch.Items[i]);
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
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            CutBack(start);
            return PublishResult.Passing(fault.Message);
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private FileStream Open() => _file ??= new FileStream(
        path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 65_536);

    private void Encode(in Sample sample)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, SampleJson.Options))
        {
            SampleJson.Write(json, sample);
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
