using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Schemes of addresses and what opens them.</summary>
internal sealed class SchemeTable<TPublisher>
    where TPublisher : class
{
    private readonly Dictionary<string, Func<PublisherAddress, TPublisher>> _byName = new(StringComparer.Ordinal);

    /// <summary>The schemes.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Adds a scheme, or replaces one.</summary>
    public void Add(string scheme, Func<PublisherAddress, TPublisher> open) => _byName[scheme] = open;

    /// <summary>Opens an address, or says why not.</summary>
    public bool TryOpen(
        string address, [NotNullWhen(true)] out TPublisher? publisher, [NotNullWhen(false)] out string? problem)
    {
        publisher = null;
        problem = null;
        var parsed = PublisherAddress.Parse(address);
        if (!_byName.TryGetValue(parsed.Scheme, out var open))
        {
            problem = $"its kind is not known; known: {string.Join(", ", Names)}"
                + NearestName.Hint(parsed.Scheme, Names);
            return false;
        }

        try
        {
            publisher = open(parsed);
            return true;
        }
        catch (Exception fault)
            when (fault is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = fault.Message;
            return false;
        }
    }
}
