using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Posts samples as JSON to an HTTP server.</summary>
internal sealed class HttpTarget(HttpTargetOptions options, TimeProvider time) : IPublisherTarget
{
    private readonly HttpPoster _poster = new(options, time);

    public bool LimitsItsTime => true;

    public ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken) =>
        _poster.SendAsync(
            batch, batch.Count, (json, index) => SampleJson.Write(json, batch.Items[index]), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _poster.Dispose();
        return ValueTask.CompletedTask;
    }
}
