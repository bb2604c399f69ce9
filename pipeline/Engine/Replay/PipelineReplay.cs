using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Replay;

/// <summary>Runs recorded samples through the pipelines that the server runs, by the recording's own clock.</summary>
/// <remarks>
/// A line is a sample, <c>{"flush":true}</c> or <c>{"now":"ISO time"}</c>; a line comes out for each sample that leaves
/// a pipeline, in publication order. Equal input gives equal output.
/// </remarks>
public sealed class PipelineReplay
{
    private readonly PipelineConfig _config;
    private readonly ReplayOptions _options;
    private readonly SeriesCatalog _series = new();
    private readonly ReplayClock _clock = new();
    private readonly TimeTexts _times = new();
    private readonly Dictionary<string, long> _dropped = new(StringComparer.Ordinal);

    /// <summary>A replay; use it once.</summary>
    public PipelineReplay(PipelineConfig config, ReplayOptions? options = null)
    {
        _config = config;
        _options = options ?? new ReplayOptions();
    }

    /// <summary>Reads the input to its end.</summary>
    /// <exception cref="ReplayInputException">A line cannot be read; what came before it has been written.</exception>
    public async Task<ReplaySummary> RunAsync(
        TextReader input, TextWriter output, CancellationToken cancellationToken = default)
    {
        var outboxes = new PublisherOutboxes();
        var publishers = OpenPublishers(outboxes);
        var writer = new ReplayWriter(output, _times, publishers.Count > 0 ? outboxes : null);
        var run = new PipelineRun(_config, _series, _clock, writer, warn: _options.Warn);
        try
        {
            var lines = await ReadAsync(input, run, writer, cancellationToken).ConfigureAwait(false);
            if (_options.FinalFlush)
            {
                run.Flush();
            }

            await writer.SendAsync(cancellationToken).ConfigureAwait(false);
            return Summary(lines, run);
        }
        finally
        {
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAll(publishers.Select(publisher => publisher.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private async Task<long> ReadAsync(
        TextReader input, PipelineRun run, ReplayWriter writer, CancellationToken cancellationToken)
    {
        var reader = new ReplayLineReader(_series, _clock, _times);
        var one = new Sample[1];
        var number = 0L;
        while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            switch (reader.Read(line, number))
            {
                case SampleLine { Sample: var sample }:
                    _clock.See(sample.TimestampNs);
                    one[0] = sample;
                    run.Run(one);
                    break;
                case DroppedLine dropped:
                    _dropped[dropped.Reason] = _dropped.GetValueOrDefault(dropped.Reason) + 1;
                    _options.Warn?.Invoke($"line {number}: the sample was dropped: {dropped.Problem}");
                    break;
                case NowLine now:
                    _clock.Set(now.Ns);
                    break;
                default:
                    run.Flush();
                    await writer.SendAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        return number;
    }

    private List<IPublisher> OpenPublishers(PublisherOutboxes outboxes)
    {
        var open = new Dictionary<string, IPublisher>(StringComparer.Ordinal);
        if (_options.Publishers is not { } catalog)
        {
            return [];
        }

        foreach (var sink in _config.Sinks)
        {
            foreach (var address in sink.Publishers)
            {
                if (!open.TryGetValue(address, out var publisher)
                    && !catalog.TryOpen(address, out publisher, out var problem))
                {
                    var shown = PublisherAddress.WithoutSecrets(address);
                    _options.Warn?.Invoke($"sink '{sink.Name}' goes without publisher '{shown}': {problem}");
                    continue;
                }

                open[address] = publisher;
                outboxes.Connect(sink.Name, publisher);
            }
        }

        return [.. open.Values];
    }

    private ReplaySummary Summary(long lines, PipelineRun run)
    {
        var dropped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (reason, count) in run.Counts.Dropped.Concat(_dropped))
        {
            dropped[reason] = dropped.GetValueOrDefault(reason) + count;
        }

        return new ReplaySummary(lines, run.Counts.Received, run.Counts.Published, dropped);
    }
}
