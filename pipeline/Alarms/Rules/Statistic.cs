using System.Globalization;

namespace Ops.Alarms.Rules;

/// <summary>The ways the values of a window become one.</summary>
public enum StatisticKind
{
    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>How many there are.</summary>
    Count,

    /// <summary>The newest by its own time.</summary>
    Last,

    /// <summary>The change per second.</summary>
    Rate,

    /// <summary>A percentile, with linear interpolation between neighbours.</summary>
    Percentile,
}

/// <summary>
/// How the values of a window become one: <c>mean</c>, <c>min</c>, ..., <c>rate</c>, <c>p50</c> to <c>p99</c>.
/// </summary>
/// <param name="Kind">The way.</param>
/// <param name="Rank">The percentile, 50 to 99; 0 for the other ways.</param>
public readonly record struct Statistic(StatisticKind Kind, int Rank = 0)
{
    /// <summary>The words, for messages.</summary>
    public static readonly IReadOnlyList<string> Words =
        ["mean", "min", "max", "sum", "count", "last", "rate", "p50..p99"];

    /// <summary>The arithmetic mean.</summary>
    public static readonly Statistic Mean = new(StatisticKind.Mean);

    /// <summary>Reads a word; case matters.</summary>
    public static bool TryParse(string? word, out Statistic statistic)
    {
        statistic = default;
        if (word is ['p', _, _]
            && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            && rank is >= 50 and <= 99)
        {
            statistic = new Statistic(StatisticKind.Percentile, rank);
            return true;
        }

        for (var index = 0; index < (int)StatisticKind.Percentile; index++)
        {
            if (Words[index] == word)
            {
                statistic = new Statistic((StatisticKind)index);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == StatisticKind.Percentile ? string.Create(CultureInfo.InvariantCulture, $"p{Rank}") : Words[(int)Kind];
}
