using System.Text;
using CsCheck;
using Ops.Collectors.Libvirt.Domains;
using Xunit;

namespace Ops.Unit.Collectors.Libvirt;

public sealed class DomainXmlTests
{
    [Fact]
    public void A_description_gives_devices_and_what_Nova_noted()
    {
        var read = DomainXml.Read(SomeDomain.Xml, out var fault);
        Assert.Null(fault);
        Assert.Equal(("x86_64", "hvm"), (read!.Architecture, read.OsType));
        Assert.Equal(["vda", "vdb"], read.Disks);
        Assert.Equal(("tap1", "fa:16:3e:00:00:01", null), Assert.Single(read.Vnics) switch
        {
            var vnic => (vnic.Device, vnic.Mac, vnic.Filter),
        });
        Assert.Equal(("web-1", "project-1", "user-1", "image-1"), read.Nova switch
        {
            { } nova => (nova.Name, nova.ProjectId, nova.UserId, nova.ImageId),
            null => default,
        });
        Assert.Equal(new Flavor("m1.small", 2, 2048, 20, 5, 0), read.Nova!.Flavor);
        Assert.Equal(["port-1"], read.Nova.Ports);
    }

    [Fact]
    public void The_older_namespace_is_read_too()
    {
        var read = DomainXml.Read(SomeDomain.Xml.Replace("nova/1.1", "nova/1.0"), out _);
        Assert.Equal("web-1", read!.Nova!.Name);
    }

    [Fact]
    public void An_instance_that_boots_from_a_volume_has_no_image()
    {
        var read = DomainXml.Read(SomeDomain.Xml.Replace("type=\"image\"", "type=\"volume\""), out _);
        Assert.Null(read!.Nova!.ImageId);
    }

    [Fact]
    public void A_domain_that_Nova_did_not_make_has_no_metadata_of_its()
    {
        var read = DomainXml.Read("<domain><devices/></domain>", out var fault);
        Assert.Null(fault);
        Assert.Null(read!.Nova);
        Assert.Equal("", read.Architecture);
    }

    [Theory]
    [InlineData("<nova:name>web-1</nova:name>", "Nova's metadata lacks a name")]
    [InlineData("<nova:project uuid=\"project-1\">demo</nova:project>", "Nova's metadata lacks the owner's project")]
    [InlineData("<nova:user uuid=\"user-1\">admin</nova:user>", "Nova's metadata lacks the owner")]
    [InlineData(" name=\"m1.small\"", "Nova's metadata lacks a flavor with a name")]
    public void What_every_instance_has_must_be_there(string part, string expected)
    {
        Assert.Null(DomainXml.Read(SomeDomain.Xml.Replace(part, ""), out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<domain>")]
    [InlineData("<!DOCTYPE d [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><domain>&c;</domain>")]
    public void What_is_no_XML_or_brings_entities_of_its_own_is_refused(string xml)
    {
        Assert.Null(DomainXml.Read(xml, out var fault));
        Assert.StartsWith("its description is not XML: ", fault);
    }

    [Fact]
    public void Any_text_is_a_description_or_a_fault()
    {
        Gen.String.Sample(IsReadOrRefused, iter: 2000);
        var pieces = SomeDomain.Xml.Split('<').Select(piece => "<" + piece).ToArray();
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 40].Select(string.Concat)
            .Sample(IsReadOrRefused, iter: 3000);
        Gen.Int[0, SomeDomain.Xml.Length - 1].Select(Gen.Char).Select((at, c) =>
            new StringBuilder(SomeDomain.Xml) { [at] = c }.ToString()).Sample(IsReadOrRefused, iter: 3000);
    }

    private static bool IsReadOrRefused(string xml) =>
        DomainXml.Read(xml, out var fault) is null == (fault is not null);
}
