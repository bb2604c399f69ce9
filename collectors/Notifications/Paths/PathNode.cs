using System.Text.Json;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>A part of a path: finds values, in order, starting from one.</summary>
internal abstract class PathNode
{
    public abstract List<PathMatch> Find(PathMatch from, PathRun run);
}

/// <summary><c>$</c>: the whole.</summary>
internal sealed class RootNode : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run) => [from.Root];
}

/// <summary><c>@</c> and <c>`this`</c>: the value itself.</summary>
internal sealed class ThisNode : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run) => [from];
}

/// <summary><c>`parent`</c>: what the value is a part of.</summary>
internal sealed class ParentNode : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run) => from.Parent is { } parent ? [parent] : [];
}

/// <summary><c>name</c>, <c>'x.y'</c>, <c>a,b</c> or <c>*</c>: members of an object.</summary>
internal sealed class FieldsNode(IReadOnlyList<string> names) : PathNode
{
    public IReadOnlyList<string> Names => names;

    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var found = new List<PathMatch>();
        if (from.Value.ValueKind != JsonValueKind.Object)
        {
            return found;
        }

        if (names.Contains("*"))
        {
            foreach (var member in from.Value.EnumerateObject())
            {
                if (!run.Visit())
                {
                    break;
                }

                found.Add(new PathMatch(member.Value, member.Name, from));
            }

            return found;
        }

        foreach (var name in names)
        {
            if (run.Visit() && from.Value.TryGetProperty(name, out var value))
            {
                found.Add(new PathMatch(value, name, from));
            }
        }

        return found;
    }
}

/// <summary><c>left.right</c>: the right part from each value that the left one finds.</summary>
internal sealed class ChildNode(PathNode left, PathNode right) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var found = new List<PathMatch>();
        foreach (var match in left.Find(from, run))
        {
            if (run.IsExhausted)
            {
                break;
            }

            found.AddRange(right.Find(match, run));
        }

        return found;
    }
}

/// <summary><c>(a)|(b)</c>: what the left part finds, then what the right one does.</summary>
internal sealed class UnionNode(PathNode left, PathNode right) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var found = new List<PathMatch>(left.Find(from, run));
        found.AddRange(right.Find(from, run));
        return found;
    }
}

/// <summary><c>left where right</c>: those values of the left part from which the right one finds something.</summary>
internal sealed class WhereNode(PathNode left, PathNode right) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run) =>
        [.. left.Find(from, run).Where(match => right.Find(match, run).Count > 0)];
}

/// <summary><c>left..right</c>: the right part from each value that the left one finds, and from all within it.
/// </summary>
internal sealed class DescendantsNode(PathNode left, PathNode right) : PathNode
{
    public override List<PathMatch> Find(PathMatch from, PathRun run)
    {
        var found = new List<PathMatch>();
        foreach (var match in left.Find(from, run))
        {
            Collect(match, found, run);
        }

        return found;
    }

    private void Collect(PathMatch match, List<PathMatch> found, PathRun run)
    {
        if (!run.Visit())
        {
            return;
        }

        found.AddRange(right.Find(match, run));
        if (match.Value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in match.Value.EnumerateArray())
            {
                Collect(new PathMatch(item, $"[{index++}]", match), found, run);
            }
        }
        else if (match.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in match.Value.EnumerateObject())
            {
                Collect(new PathMatch(member.Value, member.Name, match), found, run);
            }
        }
    }
}
