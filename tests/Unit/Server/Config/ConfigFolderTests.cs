using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Config;

public sealed class ConfigFolderTests : IDisposable
{
    private readonly ScratchFolder _user = new();
    private readonly ScratchFolder _builtIn = new();

    private ConfigFolder Folder => new(_user.Path, _builtIn.Path);

    [Fact]
    public void A_file_that_is_absent_takes_the_built_in_one()
    {
        _builtIn.Write("pipeline.yaml", "sources: [built in]");
        var file = Assert.Single(Folder.Files(ConfigConcern.Pipeline));
        Assert.True(file.IsBuiltIn);
        _user.Write("pipeline.yaml", "sources: [own]");
        Assert.Equal("own", Folder.Read(ConfigConcern.Pipeline, new ConfigFaults())!["sources"]!.Items[0].Text);
    }

    [Fact]
    public void An_empty_file_switches_off()
    {
        _builtIn.Write("pipeline.yaml", "sources: [built in]");
        _user.Write("pipeline.yaml", "# nothing\n");
        var faults = new ConfigFaults();
        Assert.Null(Folder.Read(ConfigConcern.Pipeline, faults));
        Assert.True(faults.None);
    }

    [Fact]
    public void Files_of_a_folder_are_merged_by_name_and_an_empty_one_takes_away()
    {
        _builtIn.Write("alarms/a.yaml", "n: built-in a");
        _builtIn.Write("alarms/b.yaml", "n: built-in b");
        _builtIn.Write("alarms/c.yaml", "n: built-in c");
        _user.Write("alarms/b.yml", "n: own b");
        _user.Write("alarms/c.yaml", "");
        _user.Write("alarms/d.yaml", "n: own d");
        _user.Write("alarms/.hidden.yaml", "n: hidden");
        _user.Write("alarms/notes.txt", "n: text");
        var texts = Folder.ReadAll(ConfigConcern.Alarms, new ConfigFaults()).Select(root => root["n"]!.Text);
        Assert.Equal(["built-in a", "own b", "own d"], texts);
    }

    [Fact]
    public void Folders_within_a_folder_are_part_of_the_name()
    {
        _builtIn.Write("datasources/openstack/nova.yaml", "n: built-in");
        _builtIn.Write("datasources/nova.yaml", "n: another");
        _user.Write("datasources/openstack/nova.yaml", "n: own");
        _user.Write("datasources/.hidden/nova.yaml", "n: never");
        var names = Folder.ReadAll(ConfigConcern.Datasources, new ConfigFaults()).Select(it => it["n"]!.Text);
        Assert.Equal(["another", "own"], names);
    }

    [Fact]
    public void A_faulty_file_does_not_hide_the_others()
    {
        _user.Write("alarms/a.yaml", "n: [");
        _user.Write("alarms/b.yaml", "n: good");
        var faults = new ConfigFaults();
        Assert.Equal("good", Assert.Single(Folder.ReadAll(ConfigConcern.Alarms, faults))["n"]!.Text);
        Assert.StartsWith(_user.At("alarms/a.yaml") + ":2:1: not valid YAML: ", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void The_usual_folder_is_etc_where_there_is_one()
    {
        Assert.Null(ConfigFolder.Find(null, _user.Path, _builtIn.Path).UserFolder);
        Directory.CreateDirectory(_user.At("etc"));
        Assert.Equal(_user.At("etc"), ConfigFolder.Find(null, _user.Path, _builtIn.Path).UserFolder);
        Directory.CreateDirectory(_user.At("other"));
        Assert.Equal(_user.At("other"), ConfigFolder.Find("other", _user.Path, _builtIn.Path).UserFolder);
        var fault = Assert.Throws<DirectoryNotFoundException>(() =>
            ConfigFolder.Find("nope", _user.Path, _builtIn.Path));
        Assert.Equal("--config nope: there is no such folder", fault.Message);
    }

    [Fact]
    public void What_nothing_reads_is_warned_of_with_the_nearest_name()
    {
        _user.Write("alarm/a.yaml", "");
        _user.Write("pipline.yaml", "");
        _user.Write("pipeline.yml", "");
        _user.Write("README.md", "");
        var faults = new ConfigFaults();
        Folder.WarnOfStrangers(faults);
        Assert.Equal(
            [
                $"{_user.At("alarm")}: nothing reads this folder. Did you mean 'alarms'?",
                $"{_user.At("pipline.yaml")}: nothing reads this file. Did you mean 'pipeline.yaml'?",
            ],
            faults.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void A_folder_where_a_file_belongs_and_a_file_where_a_folder_does_are_faults()
    {
        _user.Write("pipeline.yaml/a.yaml", "");
        _user.Write("templates", "");
        var faults = new ConfigFaults();
        Folder.WarnOfStrangers(faults);
        Assert.Equal(
            [
                $"{_user.At("pipeline.yaml")}: is a folder; pipeline.yaml must be a file",
                $"{_user.At("templates")}: is a file; templates must be a folder",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    public void Dispose()
    {
        _user.Dispose();
        _builtIn.Dispose();
    }
}
