using Ops.Model;

namespace Ops.Console.Words;

/// <summary>Finds alarms by words and puts those that burn first.</summary>
public static class AlarmFilter
{
    /// <summary>The alarms that bear every word, in any case, in name, resource, type, severity or reason.</summary>
    /// <returns>Raised ones first, worst first, newest first.</returns>
    public static IReadOnlyList<AlarmView> Of(IReadOnlyList<AlarmView> alarms, string words)
    {
        var wanted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. alarms.Where(alarm => wanted.All(word => Bears(alarm, word)))
                .OrderByDescending(alarm => alarm.State == "alarm")
                .ThenByDescending(alarm => Severities.Of(alarm.Severity))
                .ThenByDescending(alarm => alarm.Since),
        ];
    }

    private static bool Bears(AlarmView alarm, string word) =>
        new[] { alarm.Name, alarm.Resource.Id, alarm.Resource.Name, alarm.Resource.Type, alarm.Severity, alarm.Reason }
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false);
}
