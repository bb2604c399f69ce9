using System.Security.Cryptography;
using System.Text;
using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Digests what a template was read from, so that a set that is read again shows what changed.</summary>
internal static class TemplateDigest
{
    /// <summary>
    /// The digest of a document, the values of its parameters, and the documents that have a say in how it is read.
    /// </summary>
    public static string Of(
        ConfigNode root, IReadOnlyDictionary<string, string> parameters, IEnumerable<ConfigNode> others)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, root);
        foreach (var (name, value) in parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, $"{name}={value}");
        }

        foreach (var other in others)
        {
            Add(hash, other);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, ConfigNode node)
    {
        Add(hash, $"{(int)node.Kind}{(node.IsQuoted ? "q" : "p")}{(node.IsNull ? "n" : "t")}{node.Text}");
        foreach (var item in node.Items)
        {
            Add(hash, item);
        }

        foreach (var member in node.Members)
        {
            Add(hash, member.Key);
            Add(hash, member.Value);
        }

        Add(hash, "end");
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
