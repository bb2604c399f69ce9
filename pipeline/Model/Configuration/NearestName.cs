namespace Ops.Model;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the fewest edits, when they are at most a third of the name's length (at least 1); else null.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, name.Length / 3);
        string? best = null;
        var bestEdits = limit + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestEdits)
            {
                continue;
            }

            var edits = Edits(name, candidate);
            if (edits < bestEdits)
            {
                (best, bestEdits) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary>Renders <c>. Did you mean 'x'?</c>, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $". Did you mean '{nearest}'?" : "";

    private static int Edits(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= from.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.Length; column++)
            {
                var above = row[column];
                var replaced = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
                row[column] = Math.Min(replaced, Math.Min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
