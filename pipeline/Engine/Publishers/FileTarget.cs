using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Appends samples to a file, one JSON object a line.</summary>
internal sealed class FileTarget(LineFile file) : IPublisherTarget
{
    public ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken) =>
        file.AppendAsync(
            batch.Count, (json, index) => SampleJson.Write(json, batch.Items[index]), cancellationToken);

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
