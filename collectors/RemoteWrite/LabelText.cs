using System.Text;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.RemoteWrite;

/// <summary>Reads the labels of a series.</summary>
internal static class LabelText
{
    /// <summary>Reads fields that are labels.</summary>
    /// <param name="fields">The fields, one after the other.</param>
    /// <param name="labelsMax">The most labels.</param>
    /// <param name="name">The label <c>__name__</c>.</param>
    /// <param name="labels">The others.</param>
    /// <returns>Why they are refused, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> fields, int labelsMax, out string name, out Tags labels)
    {
        (name, labels) = ("", Tags.Empty);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var wire = new WireReader(fields);
        while (wire.Read())
        {
            var (key, value) = ("", "");
            var pair = new WireReader(wire.Bytes);
            while (pair.Read())
            {
                key = pair.Tag == 10 ? Encoding.UTF8.GetString(pair.Bytes) : key;
                value = pair.Tag == 18 ? Encoding.UTF8.GetString(pair.Bytes) : value;
            }

            if (pair.IsBroken || key.Length == 0)
            {
                return pair.IsBroken ? "a label is broken" : "a label has no name";
            }

            // An empty label is the same as none.
            if (value.Length > 0 && !pairs.TryAdd(key, value))
            {
                return $"label '{key}' occurs twice in one series";
            }

            if (pairs.Count > labelsMax)
            {
                return $"a series has more than {labelsMax} labels";
            }
        }

        if (!pairs.Remove("__name__", out var found))
        {
            return "a series has no label '__name__'";
        }

        (name, labels) = (found, Tags.From(pairs));
        return null;
    }
}
