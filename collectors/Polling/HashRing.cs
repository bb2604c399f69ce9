using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ops.Collectors.Polling;

/// <summary>Shares keys among members so that few keys move when a member comes or goes.</summary>
/// <remarks>
/// MD5, of which the first four bytes count, big end first; 100 places a member, <c>MEMBER-0</c> to <c>MEMBER-99</c>; a
/// key belongs to the member of the first place past its own, and past the last place to that of the first. Source:
/// Ceilometer 8 (Ocata), whose agents share alike. The digest is no safeguard here, only a spread.
/// </remarks>
internal sealed class HashRing
{
    /// <summary>Places of one member.</summary>
    public const int PlacesEach = 100;

    private readonly uint[] _places;
    private readonly string[] _owners;

    /// <summary>A ring of these members; their order does not matter.</summary>
    public HashRing(IEnumerable<string> members)
    {
        var owners = new SortedDictionary<uint, string>();
        foreach (var member in members.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            for (var i = 0; i < PlacesEach; i++)
            {
                owners[Place(string.Create(CultureInfo.InvariantCulture, $"{member}-{i}"))] = member;
            }
        }

        _places = [.. owners.Keys];
        _owners = [.. owners.Values];
    }

    /// <summary>The member that a key belongs to; null when there are no members.</summary>
    public string? OwnerOf(string key)
    {
        if (_places.Length == 0)
        {
            return null;
        }

        var found = Array.BinarySearch(_places, Place(key));
        var next = found >= 0 ? found + 1 : ~found;
        return _owners[next == _places.Length ? 0 : next];
    }

    private static uint Place(string key)
    {
#pragma warning disable CA5351 // The ring of the reference is made of MD5; nothing is kept safe by it.
        return BinaryPrimitives.ReadUInt32BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(key)));
#pragma warning restore CA5351
    }
}
