using Ops.Rca.Evaluation;

namespace Ops.Rca.Replay;

/// <summary>What a line of a replay's input does.</summary>
internal enum ReplayLineKind
{
    None,
    Entity,
    Alarm,
    Relation,
    Delete,
    Unrelate,
    TemplateAdd,
    TemplateDelete,
    Advance,
    Mark,
}

/// <summary>One line of a replay's input. One object is filled again and again.</summary>
internal sealed class ReplayLine
{
    public ReplayLineKind Kind { get; set; }

    /// <summary>
    /// The entity or alarm; its <see cref="EntityReport.AtTicks"/> is set where the line says <c>at</c>.
    /// </summary>
    public EntityReport Report { get; } = new();

    public bool HasAt { get; set; }

    /// <summary>The source of the relation, or what is deleted.</summary>
    public VertexName From { get; set; }

    public VertexName To { get; set; }

    public int Label { get; set; }

    /// <summary>The file, name, duration or mark.</summary>
    public string Text { get; set; } = "";

    public void Clear()
    {
        Kind = ReplayLineKind.None;
        Report.Clear();
        HasAt = false;
        Text = "";
    }
}

/// <summary>Says what is wrong with a line of input.</summary>
internal sealed class ReplayFormatException(string message) : Exception(message);
