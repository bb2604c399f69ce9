using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Applies operations to the attributes of a series, in order.</summary>
internal static class AttributeOperations
{
    public static void Apply(IReadOnlyList<AttributeOperation> operations, Dictionary<string, string> attributes)
    {
        foreach (var (verb, name, value) in operations)
        {
            switch (verb)
            {
                case AttributeVerb.Keep:
                    Remove(attributes, one => !Glob.Matches(name, one));
                    break;
                case AttributeVerb.Drop:
                    Remove(attributes, one => Glob.Matches(name, one));
                    break;
                case AttributeVerb.Rename when attributes.Remove(name, out var moved):
                    attributes[value] = moved;
                    break;
                case AttributeVerb.Set:
                    attributes[name] = value;
                    break;
            }
        }
    }

    private static void Remove(Dictionary<string, string> attributes, Predicate<string> goes)
    {
        foreach (var name in attributes.Keys.Where(name => goes(name)).ToList())
        {
            attributes.Remove(name);
        }
    }
}
