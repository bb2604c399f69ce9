using System.Xml.Linq;

namespace Ops.Unit.Architecture;

/// <summary>The one rule of the house: a library references Ops.Model and no other project of ours.</summary>
internal static class HouseRules
{
    private const string Ground = "Ops.Model";
    private const string Roof = "Ops.Server";

    /// <summary>The breaches of one project file; tests and the roof may reference what they need.</summary>
    public static IEnumerable<string> Breaches(SourceFile project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Path);
        if (project.Path.StartsWith("tests/", StringComparison.Ordinal) || name == Roof)
        {
            yield break;
        }

        var root = XDocument.Parse(project.Text).Root!;
        foreach (var reference in Includes(root, "ProjectReference"))
        {
            var other = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
            if (name == Ground)
            {
                yield return $"{project.Path}: references {other}: {Ground} stands on the base library alone; move "
                    + "what it needs into it, or what needs it out";
            }
            else if (other != Ground)
            {
                yield return $"{project.Path}: references {other}: a library references {Ground} and no other project "
                    + $"of ours; meet through an interface in {Ground} and wire it in {Roof}";
            }
        }

        foreach (var package in name == Ground ? Includes(root, "PackageReference") : [])
        {
            yield return $"{project.Path}: references the package {package}: {Ground} stands on the base library alone";
        }
    }

    private static IEnumerable<string> Includes(XElement root, string item) =>
        root.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
