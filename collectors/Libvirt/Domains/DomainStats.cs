namespace Ops.Collectors.Libvirt.Domains;

/// <summary>The figures of a domain by libvirt's names, such as <c>vcpu.0.time</c> or <c>block.1.name</c>.</summary>
internal sealed class DomainStats
{
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The number of that name, or null.</summary>
    public double? this[string name] => _numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>How many figures there are.</summary>
    public int Count => _numbers.Count + _texts.Count;

    /// <summary>The text of that name, or null.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>Adds a number.</summary>
    public void Add(string name, double number) => _numbers[name] = number;

    /// <summary>Adds a number that is not there yet.</summary>
    public void AddMissing(string name, double number) => _numbers.TryAdd(name, number);

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text) => _texts[name] = text;

    /// <summary>
    /// The number under which a group's member of that name is listed, such as 1 for <c>block.1.name = vdb</c>.
    /// </summary>
    /// <param name="group"><c>block</c> or <c>net</c>.</param>
    /// <param name="name">The member's name.</param>
    /// <returns>Null where it is not listed.</returns>
    public int? IndexOf(string group, string name)
    {
        var count = Math.Min(this[$"{group}.count"] ?? 0, MembersMax);
        for (var i = 0; i < count; i++)
        {
            if (Text($"{group}.{i}.name") == name)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The most disks, interfaces or CPUs of a domain that are looked at.</summary>
    internal const int MembersMax = 4096;
}
