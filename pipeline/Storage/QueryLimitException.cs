using System.Globalization;

namespace Ops.Storage;

/// <summary>A query asks for more than one answer may hold.</summary>
public sealed class QueryLimitException(string message) : Exception(message)
{
    internal static void ThrowIfAbove(string what, long count, long max)
    {
        if (count > max)
        {
            throw new QueryLimitException(string.Create(
                CultureInfo.InvariantCulture,
                $"query asks for more than {max} {what}; ask for a shorter time range, wider groups or fewer series"));
        }
    }
}
