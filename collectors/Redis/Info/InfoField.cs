namespace Ops.Collectors.Redis.Info;

/// <summary>A line of what INFO answers.</summary>
/// <param name="Section">Its section in lower case, such as <c>memory</c>.</param>
/// <param name="Name">Its name, such as <c>used_memory</c>.</param>
/// <param name="Value">Its value as written.</param>
internal readonly record struct InfoField(string Section, string Name, string Value)
{
    /// <summary>The members of a value that reads <c>name=value,name=value</c>; empty for any other.</summary>
    public Dictionary<string, string> Members()
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Value.Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return [];
            }

            members[part[..equals]] = part[(equals + 1)..];
        }

        return members;
    }
}
