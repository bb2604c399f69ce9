namespace Ops.Collectors.Redis.Protocol;

/// <summary>What Redis answers: a text, a number, nothing, an error, or a list of such.</summary>
/// <param name="Text">The text of a string or an error, or the digits of a number; null for nothing and lists.</param>
/// <param name="Items">The items of a list; null for others.</param>
/// <param name="IsError">Whether the text is an error.</param>
internal sealed record RespValue(string? Text, IReadOnlyList<RespValue>? Items = null, bool IsError = false)
{
    /// <summary>Nothing.</summary>
    public static readonly RespValue Nothing = new(null, null);

    /// <summary>
    /// A list of names and values in turn, as a dictionary; empty for anything else. The last of equal names counts.
    /// </summary>
    public Dictionary<string, string> Pairs()
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; Items is not null && i + 1 < Items.Count; i += 2)
        {
            if (Items[i].Text is { } name && Items[i + 1].Text is { } value)
            {
                pairs[name] = value;
            }
        }

        return pairs;
    }
}
