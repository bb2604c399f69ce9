namespace Ops.Collectors.InfluxLine;

/// <summary>What became of a body of lines. Good lines were taken, whatever the others were.</summary>
public sealed record LineProtocolResult
{
    /// <summary>Lines taken; blank lines and comments do not count.</summary>
    public required long Accepted { get; init; }

    /// <summary>Lines refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Lines that could be read but for which there is no room; part of <see cref="Refused"/>.</summary>
    public required long Dropped { get; init; }

    /// <summary>Samples made.</summary>
    public required long Samples { get; init; }

    /// <summary>Text fields passed over: text is no sample.</summary>
    public required long TextFieldsSkipped { get; init; }

    /// <summary>The first faults; <see cref="Refused"/> counts all.</summary>
    public required IReadOnlyList<LineFault> Faults { get; init; }

    /// <summary>The text of InfluxDB's <c>error</c> member: null when no line was refused.</summary>
    /// <remarks>
    /// Where some lines could be read it begins with <c>partial write: </c> and ends with <c> dropped=N</c>.
    /// </remarks>
    public string? ErrorText()
    {
        if (Refused == 0)
        {
            return null;
        }

        var reasons = string.Join('\n', Faults.Select(fault => fault.Message));
        var more = Refused - Faults.Count;
        reasons += more > 0 ? $"\nand {more} more" : "";
        return Accepted == 0 && Dropped == 0 ? reasons : $"partial write: {reasons} dropped={Dropped}";
    }
}

/// <summary>Why a line was refused.</summary>
/// <param name="Line">Its number in the body, from 1.</param>
/// <param name="Message">In InfluxDB's words where it has them: <c>unable to parse 'cpu value=': missing field
/// value</c>.</param>
public readonly record struct LineFault(long Line, string Message);
