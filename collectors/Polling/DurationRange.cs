using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Reads durations of a mapping that must lie in a range.</summary>
internal readonly struct DurationRange(ConfigNode mapping, string what, ConfigFaults faults)
{
    /// <summary>The duration under a key; null when absent or out of range, which is a fault.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The shortest, as users write it.</param>
    /// <param name="max">The longest, as users write it.</param>
    public TimeSpan? Read(string key, string min, string max)
    {
        Durations.TryParse(min, out var shortest);
        Durations.TryParse(max, out var longest);
        var duration = faults.Duration(mapping, key, what);
        if (duration is null || (duration >= shortest && duration <= longest))
        {
            return duration;
        }

        var at = mapping[key]!;
        faults.Add(at, $"'{key}' of {what} must be from {min} to {max}, found {at.Describe()}");
        return null;
    }
}
