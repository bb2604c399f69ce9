using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ops.Rca.Evaluation;
using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Replay;

/// <summary>Writes what a replay prints, one JSON object a line.</summary>
internal sealed class ChangeWriter : IChangeSink, IDisposable
{
    private const int FlushBytes = 64 * 1024;
    private readonly Reasoner _reasoner;
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private readonly Utf8JsonWriter _json;
    private long _seq;
    private bool _open;

    public ChangeWriter(Reasoner reasoner, Stream output)
    {
        _reasoner = reasoner;
        _output = output;
        _json = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Starts a line of input; nothing is written until something changed.</summary>
    public void Begin(long seq)
    {
        _seq = seq;
        _open = false;
    }

    /// <summary>Ends a line of input.</summary>
    public void End()
    {
        if (_open)
        {
            _json.WriteEndArray();
            EndObject();
        }
    }

    /// <summary>Writes <c>{"seq":N,"KEY":"TEXT"}</c>.</summary>
    public void Write(long seq, string key, string text)
    {
        _json.WriteStartObject();
        _json.WriteNumber("seq"u8, seq);
        _json.WriteString(key, text);
        EndObject();
    }

    /// <summary>Writes the last line of a replay.</summary>
    public void WriteFinal() => new FinalWriter(_reasoner, _json).Write(EndObject);

    /// <summary>Hands everything to the output.</summary>
    public void Flush()
    {
        _output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        _output.Flush();
    }

    public void AlarmRaised(AlarmFact alarm)
    {
        Start("raise_alarm"u8);
        WriteAlarm(alarm, alarm.Severity);
        WriteBecause(_json, alarm);
        _json.WriteEndObject();
    }

    public void AlarmCleared(AlarmFact alarm, int severity)
    {
        Start("clear_alarm"u8);
        WriteAlarm(alarm, severity);
        _json.WriteEndObject();
    }

    public void SeverityChanged(AlarmFact alarm, int from)
    {
        Start("change_severity"u8);
        _json.WriteString("name"u8, _reasoner.Facts.Words[alarm.Name]);
        WriteResource("resource"u8, alarm.Target);
        _json.WriteString("from"u8, Severity(from));
        _json.WriteString("to"u8, Severity(alarm.Severity));
        _json.WriteEndObject();
    }

    public void StateChanged(int vertex)
    {
        Start("set_state"u8);
        WriteResource("resource"u8, vertex);
        var reading = _reasoner.Graph.Vertices[vertex].Aggregated;
        _json.WriteString("state"u8, reading?.Upper);
        _json.WriteString("operational"u8, reading?.Operational ?? "N/A");
        _json.WriteEndObject();
    }

    public void Marked(int vertex, bool down)
    {
        Start(down ? "mark_down"u8 : "mark_up"u8);
        WriteResource("resource"u8, vertex);
        _json.WriteEndObject();
    }

    public void CauseAdded(CauseFact cause) => WriteCause("add_cause"u8, cause);

    public void CauseRemoved(CauseFact cause) => WriteCause("remove_cause"u8, cause);

    public void WorkflowDue(RunFact run)
    {
        Start("run_workflow"u8);
        var source = (RunWorkflow)run.Action.Action.Source;
        var texts = new MatchTexts(_reasoner, run);
        _json.WriteString("workflow"u8, texts.Of(source.Workflow));
        _json.WriteStartObject("input"u8);
        foreach (var (name, text) in source.Input)
        {
            _json.WriteString(name, texts.Of(text));
        }

        _json.WriteEndObject();
        if (run.Action.Target >= 0)
        {
            WriteResource("resource"u8, run.Match[run.Action.Target]);
        }
        else
        {
            _json.WriteNull("resource"u8);
        }

        _json.WriteEndObject();
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Writes the scenarios that hold a fact up, each once, by template and number.</summary>
    internal static void WriteBecause(Utf8JsonWriter json, Fact fact)
    {
        json.WriteStartArray("because"u8);
        foreach (var scenario in Because.Of(fact))
        {
            json.WriteStartObject();
            json.WriteString("template"u8, scenario.Template);
            json.WriteNumber("scenario"u8, scenario.Source.Index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Start(ReadOnlySpan<byte> change)
    {
        if (!_open)
        {
            _open = true;
            _json.WriteStartObject();
            _json.WriteNumber("seq"u8, _seq);
            _json.WriteStartArray("changes"u8);
        }

        _json.WriteStartObject();
        _json.WriteString("do"u8, change);
    }

    private void EndObject()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    private void WriteAlarm(AlarmFact alarm, int severity)
    {
        _json.WriteString("name"u8, _reasoner.Facts.Words[alarm.Name]);
        _json.WriteString("severity"u8, Severity(severity));
        WriteResource("resource"u8, alarm.Target);
    }

    private void WriteCause(ReadOnlySpan<byte> change, CauseFact cause)
    {
        Start(change);
        VertexJson.WriteAlarm(_json, _reasoner.Graph, "cause"u8, cause.Cause);
        VertexJson.WriteAlarm(_json, _reasoner.Graph, "effect"u8, cause.Effect);
        _json.WriteEndObject();
    }

    private void WriteResource(ReadOnlySpan<byte> key, int vertex) =>
        VertexJson.WriteResource(_json, _reasoner.Graph, key, vertex);

    private string Severity(int word) => _reasoner.Readings.Deduced(_reasoner.Graph.Kinds.Deduced, word).Upper;
}
