using System.Security.Cryptography;
using System.Text;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Gives resources the ids that Vitrage's clients ask by: the same for the same type and id, always.</summary>
internal static class VitrageIds
{
    /// <summary>A UUID of version 5 in its form, made from category, type and id.</summary>
    public static string Of(string category, string type, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{category}\n{type}\n{id}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
