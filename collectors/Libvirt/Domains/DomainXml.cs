using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Ops.Collectors.Libvirt.Domains;

/// <summary>Reads the description of a domain.</summary>
/// <remarks>Source: libvirt's domain XML, and Nova's two metadata namespaces, the newer first.</remarks>
internal static class DomainXml
{
    private const int CharsMax = 1 << 20;

    private static readonly XNamespace[] NovaNamespaces =
        ["http://openstack.org/xmlns/libvirt/nova/1.1", "http://openstack.org/xmlns/libvirt/nova/1.0"];

    /// <summary>What it says, or null with a reason.</summary>
    /// <param name="xml">The description.</param>
    /// <param name="fault">What is wrong: no XML, or Nova's part lacks what every instance has.</param>
    public static DomainDescription? Read(string xml, out string? fault)
    {
        fault = null;
        XElement root;
        try
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CharsMax,
            };
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            root = XElement.Load(reader);
        }
        catch (XmlException e)
        {
            fault = $"its description is not XML: {e.Message}";
            return null;
        }

        var nova = Nova(root, ref fault);
        var type = root.Element("os")?.Element("type");
        return fault is not null ? null : new DomainDescription(
            type?.Attribute("arch")?.Value ?? "", type?.Value ?? "", Disks(root), Vnics(root), nova);
    }

    private static IReadOnlyList<string> Disks(XElement root) =>
    [
        .. Devices(root, "disk").Where(disk => disk.Element("source") is not null)
            .Select(disk => disk.Element("target")?.Attribute("dev")?.Value ?? "")
            .Where(device => device.Length > 0)
            .Distinct(),
    ];

    private static IReadOnlyList<Vnic> Vnics(XElement root)
    {
        var vnics = new List<Vnic>();
        foreach (var vnic in Devices(root, "interface"))
        {
            var device = vnic.Element("target")?.Attribute("dev")?.Value;
            var mac = vnic.Element("mac")?.Attribute("address")?.Value;
            if (device is { Length: > 0 } && mac is not null)
            {
                var filter = vnic.Element("filterref");
                vnics.Add(new Vnic(device, mac, filter?.Attribute("filter")?.Value, Parameters(vnic, filter)));
            }
        }

        return vnics;
    }

    private static IReadOnlyList<KeyValuePair<string, string?>> Parameters(XElement vnic, XElement? filter)
    {
        var parameters = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var parameter in filter?.Elements("parameter") ?? [])
        {
            if (parameter.Attribute("name")?.Value is { } name)
            {
                parameters[name.ToLowerInvariant()] = parameter.Attribute("value")?.Value;
            }
        }

        parameters["interfaceid"] =
            vnic.Element("virtualport")?.Element("parameters")?.Attribute("interfaceid")?.Value;
        parameters["bridge"] = vnic.Element("source")?.Attribute("bridge")?.Value;
        return [.. parameters];
    }

    private static IEnumerable<XElement> Devices(XElement root, string name) =>
        root.Elements("devices").Elements(name).Take(DomainStats.MembersMax);

    private static NovaMetadata? Nova(XElement root, ref string? fault)
    {
        foreach (var space in NovaNamespaces)
        {
            if (root.Element("metadata")?.Element(space + "instance") is { } instance)
            {
                return Nova(instance, space, ref fault);
            }
        }

        return null;
    }

    private static NovaMetadata? Nova(XElement instance, XNamespace space, ref string? fault)
    {
        var name = instance.Element(space + "name")?.Value;
        var owner = instance.Element(space + "owner");
        var project = owner?.Element(space + "project")?.Attribute("uuid")?.Value;
        var user = owner?.Element(space + "user")?.Attribute("uuid")?.Value;
        var flavor = instance.Element(space + "flavor");
        var flavorName = flavor?.Attribute("name")?.Value;
        var missing = name is null ? "a name" : project is null ? "the owner's project" : user is null ? "the owner"
            : flavorName is null ? "a flavor with a name" : null;
        if (missing is not null)
        {
            fault = $"Nova's metadata lacks {missing}";
            return null;
        }

        var root = instance.Elements(space + "root")
            .FirstOrDefault(element => element.Attribute("type")?.Value == "image");
        return new NovaMetadata(
            name!, project!, user!,
            new Flavor(
                flavorName!, Number(flavor!, space + "vcpus"), Number(flavor!, space + "memory"),
                Number(flavor!, space + "disk"), Number(flavor!, space + "ephemeral"), Number(flavor!, space + "swap")),
            root?.Attribute("uuid")?.Value)
        {
            Ports =
            [
                .. instance.Elements(space + "ports").Elements(space + "port")
                    .Select(port => port.Attribute("uuid")?.Value ?? "").Where(id => id.Length > 0)
                    .Take(DomainStats.MembersMax),
            ],
        };
    }

    /// <summary>A whole number; 0 where there is none, as Ceilometer has it.</summary>
    private static long Number(XElement flavor, XName name) =>
        long.TryParse(flavor.Element(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : 0;
}
