namespace Ops.Model;

/// <summary>The three states of an alarm.</summary>
public enum AlarmState
{
    /// <summary>Too few values to judge.</summary>
    InsufficientData,

    /// <summary>Within the threshold.</summary>
    Ok,

    /// <summary>Past the threshold.</summary>
    Alarm,
}

/// <summary>The words of <see cref="AlarmState"/>.</summary>
public static class AlarmStates
{
    /// <summary>Returns <c>ok</c>, <c>alarm</c> or <c>insufficient data</c>.</summary>
    public static string Word(this AlarmState state) => state switch
    {
        AlarmState.Ok => "ok",
        AlarmState.Alarm => "alarm",
        _ => "insufficient data",
    };
}
