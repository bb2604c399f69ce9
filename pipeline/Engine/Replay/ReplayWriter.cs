using System.Buffers;
using System.Text;
using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Replay;

/// <summary>Writes what leaves the pipelines as JSON lines, and hands it to publishers where there are any.</summary>
internal sealed class ReplayWriter(TextWriter output, TimeTexts times, PublisherOutboxes? publishers) : IPipelineOutput
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);

    public void Publish(PipelineRoute route, in Sample sample)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, SampleJson.Options))
        {
            var resourceId = sample.Series.ResourceId;
            json.WriteStartObject();
            SampleJson.WriteFields(
                json, sample, times.Write(sample.TimestampNs), resourceId.Length > 0 ? resourceId : null);
            json.WriteString("pipeline", route.Name);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(_line.WrittenSpan));
        output.Write('\n');
        publishers?.Publish(route, sample);
    }

    /// <summary>Ends a publication for the publishers.</summary>
    public ValueTask SendAsync(CancellationToken cancellationToken) =>
        publishers?.SendAsync(cancellationToken) ?? ValueTask.CompletedTask;
}
