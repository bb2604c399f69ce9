using System.Xml.Linq;
using Xunit;

namespace Ops.Unit.Architecture;

public sealed class ServerProjectTests
{
    // Else `dotnet run --project server` takes server/etc for the user's configuration and puts data in server/.
    [Fact]
    public void The_program_runs_in_the_folder_it_is_started_from()
    {
        var project = SourceTree.Files(".csproj", "server").Single();
        var elements = XDocument.Parse(project.Text).Descendants("EnableDefaultRunWorkingDirectory");
        Assert.Equal("false", elements.Single().Value);
    }
}
