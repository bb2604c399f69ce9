using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Templates;

namespace Ops.Rca.Replay;

/// <summary>
/// Replays observations and alarms over templates: JSON lines in, the changes they deduce as JSON lines out.
/// </summary>
/// <remarks>Deterministic: time is the input's own. See the command-line page for both formats.</remarks>
public sealed class RcaReplay
{
    private readonly RcaReplayOptions _options;
    private readonly Reasoner _reasoner;
    private readonly ReplayLine _line = new();
    private readonly ReplayLineReader _reader;
    private readonly ReplayMeasure _measure;
    private long _clockTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>A replay; it is run once.</summary>
    public RcaReplay(RcaReplayOptions options)
    {
        _options = options;
        _measure = new ReplayMeasure(options.Stats);
        _reasoner = new Reasoner(options.StateValues);
        _reader = new ReplayLineReader(_reasoner.Graph);
    }

    /// <summary>Reads all input, writes all output.</summary>
    public RcaReplayResult Run(Stream input, Stream output)
    {
        var faults = _reasoner.Check(_options.Templates);
        if (faults.Count > 0)
        {
            return new RcaReplayResult(
                2, string.Join('\n', faults.Select(fault => $"template '{fault.Template}': {fault.Message}")), null);
        }

        using var writer = new ChangeWriter(_reasoner, output);
        _reasoner.Begin(_clockTicks);
        _reasoner.Add(_options.Templates);
        _reasoner.Settle(writer);
        var lines = new LineSource(input);
        try
        {
            while (lines.Next(out var utf8))
            {
                if (!utf8.Trim(" \t\r"u8).IsEmpty)
                {
                    Take(utf8, lines.Number, writer);
                }
            }
        }
        catch (ReplayFormatException fault)
        {
            writer.Flush();
            return new RcaReplayResult(2, $"line {lines.Number}: {fault.Message}", null);
        }

        if (_options.Final)
        {
            writer.WriteFinal();
        }

        writer.Flush();
        return new RcaReplayResult(0, null, _measure.Result(_reasoner));
    }

    private void Take(ReadOnlySpan<byte> utf8, long seq, ChangeWriter writer)
    {
        _measure.Begin();
        _reader.Read(utf8, _line);
        if (_line.Kind == ReplayLineKind.Mark)
        {
            writer.Write(seq, "mark", _line.Text);
            _measure.Mark();
        }
        else
        {
            if (!_line.HasAt)
            {
                _line.Report.AtTicks = _clockTicks;
            }

            _reasoner.Begin(_line.Report.AtTicks);
            writer.Begin(seq);
            if (Apply() is { } error)
            {
                writer.Write(seq, "error", error);
            }

            _reasoner.Settle(writer);
            writer.End();
            _measure.End();
        }

        _clockTicks += TimeSpan.TicksPerMillisecond;
    }

    /// <summary>Does what the line says; returns why a template could not be added or deleted.</summary>
    private string? Apply()
    {
        switch (_line.Kind)
        {
            case ReplayLineKind.Entity:
                _reasoner.Intake.Upsert(_line.Report);
                return null;
            case ReplayLineKind.Alarm when "OK".Equals(_line.Report.Said, StringComparison.OrdinalIgnoreCase):
                _reasoner.Intake.Delete(_line.Report.Entity, _line.Report.AtTicks);
                return null;
            case ReplayLineKind.Alarm:
                _reasoner.Intake.UpsertAlarm(_line.Report);
                return null;
            case ReplayLineKind.Relation:
                _reasoner.Intake.Relate(_line.From, _line.Label, _line.To);
                return null;
            case ReplayLineKind.Unrelate:
                _reasoner.Intake.Unrelate(_line.From, _line.Label, _line.To);
                return null;
            case ReplayLineKind.Delete:
                _reasoner.Intake.Delete(_line.From, _line.Report.AtTicks);
                return null;
            case ReplayLineKind.TemplateAdd:
                return AddTemplate(_line.Text);
            case ReplayLineKind.TemplateDelete:
                return DeleteTemplate(_line.Text);
            default:
                _clockTicks += Durations.TryParse(_line.Text, out var duration)
                    ? duration.Ticks
                    : throw new ReplayFormatException(
                        $"'advance' must be a duration such as 10s, 5m or 1h30m, found '{_line.Text}'");
                return null;
        }
    }

    private string? AddTemplate(string file)
    {
        var read = _options.ReadTemplate(file);
        if (read.Error is not null)
        {
            return read.Error;
        }

        var faults = _reasoner.Check(read.Templates);
        if (faults.Count > 0)
        {
            return string.Join("; ", faults.Select(fault => $"template '{fault.Template}': {fault.Message}"));
        }

        _reasoner.Add(read.Templates);
        return null;
    }

    private string? DeleteTemplate(string name) => _reasoner.Remove(name)
        ? null
        : $"no template in force is named '{name}'"
            + NearestName.Hint(name, _reasoner.Rules.Templates.Select(template => template.Source.Name));
}
