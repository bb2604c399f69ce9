using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Rca.Live;
using Ops.Rca.StateValues;
using Ops.Server.Api.Compat.Vitrage;
using Ops.Server.Config;
using Ops.Server.Wiring;
using Ops.Unit.Rca.Live;
using Ops.Unit.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Wiring;

public sealed class TemplateLibraryTests : IDisposable
{
    private readonly ScratchFolder _user = new();
    private readonly ScratchFolder _builtIn = new();
    private readonly MemoryStateStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RcaEngine _rca;
    private readonly TemplateLibrary _library;

    public TemplateLibraryTests()
    {
        _user.Write("templates/filed.yaml", Text("filed", "a"));
        var folder = new ConfigFolder(_user.Path, _builtIn.Path);
        _rca = new RcaEngine(new RcaEngineOptions
        {
            StateValues = new StateValueSet([]), Templates = TemplateLibrary.InForce(folder, _store).Templates,
            Store = _store, Time = _time, Changed = _ => { },
        });
        _library = new TemplateLibrary(folder, _rca, _store, _time);
    }

    [Fact]
    public void What_is_added_is_in_force_and_kept()
    {
        var row = Assert.Single(_library.Add([Brought("mine", "b")], null, overwrite: false));
        Assert.Equal(("mine", "ACTIVE", "standard", _time.GetUtcNow()), (row.Name, row.Status, row.Type, row.Date));
        Assert.Equal(["filed", "mine"], InForce());
        Assert.Equal(["filed", "mine"], _library.List().Select(one => one.Name));
        Assert.Equal("mine", _library.Content(row.Id)!["metadata"]!["name"]!.Text);
        var again = TemplateLibrary.InForce(new ConfigFolder(_user.Path, _builtIn.Path), _store);
        Assert.Equal(["filed", "mine"], again.Templates.Select(one => one.Name));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_unless_it_is_to_be_overwritten()
    {
        _library.Add([Brought("mine", "b")], null, overwrite: false);
        Assert.Equal(
            ("ERROR", "there is a template 'mine'; overwrite replaces it"), Added(Brought("mine", "c"), false));
        Assert.Equal(("ACTIVE", "added while running"), Added(Brought("mine", "c"), true));
        Assert.Equal(
            ("ERROR", "a file of the configuration has a template 'filed'"), Added(Brought("filed", "c"), true));
        Assert.Equal(["filed", "mine"], InForce());
    }

    [Fact]
    public void A_faulty_template_is_told_and_not_kept()
    {
        var bad = new BroughtTemplate("bad.yaml", Json("{metadata: {name: bad, version: 3}}"));
        var (status, details) = Added(bad, false);
        Assert.Equal("ERROR", status);
        Assert.NotEmpty(details);
        Assert.Equal(["filed"], InForce());
        Assert.Single(_library.List());
    }

    [Fact]
    public void Each_template_has_its_own_parameters()
    {
        var body = Text("mine", "b").Replace("name: b}", "name: get_param(which)}") + "parameters:\n  which: {}\n";
        var parameters = new Dictionary<string, string> { ["which"] = "disk full" };
        Assert.Equal("ACTIVE", _library.Add([new BroughtTemplate(null, Json(body))], parameters, false)[0].Status);
        Assert.Equal(["filed", "mine"], InForce());
    }

    [Fact]
    public void Only_what_was_added_can_be_deleted()
    {
        var row = _library.Add([Brought("mine", "b"), Brought("other", "c")], null, overwrite: false)[0];
        Assert.Equal("DELETED", Assert.Single(_library.Delete([row.Id])).Status);
        Assert.Equal(["filed", "other"], InForce());
        Assert.Equal(
            "there is no template 'mine'", Assert.Throws<FormatException>(() => _library.Delete(["mine"])).Message);
        var fault = Assert.Throws<FormatException>(() => _library.Delete(["other", "filed"]));
        Assert.Matches("^template 'filed' stands in .*filed.yaml; it goes with its file$", fault.Message);
        Assert.Equal(["filed", "other"], InForce());
    }

    [Fact]
    public void A_reload_leaves_what_did_not_change_alone_and_keeps_the_old_on_a_fault()
    {
        _library.Add([Brought("mine", "b")], null, overwrite: false);
        var before = TemplateLibrary.InForce(new ConfigFolder(_user.Path, _builtIn.Path), _store).Templates;
        var after = TemplateLibrary.InForce(new ConfigFolder(_user.Path, _builtIn.Path), _store).Templates;
        Assert.Equal(before.AsEnumerable(), after.AsEnumerable());

        _user.Write("templates/filed.yaml", Text("filed", "changed"));
        var changed = TemplateLibrary.InForce(new ConfigFolder(_user.Path, _builtIn.Path), _store).Templates;
        Assert.Equal([false, true], changed.Zip(before, (now, old) => now.Equals(old)));

        _user.Write("templates/filed.yaml", "metadata: {name: filed}");
        var faults = new ConfigFaults();
        _library.Reload(faults);
        Assert.False(faults.None);
        Assert.Equal(["filed", "mine"], InForce());
    }

    public void Dispose()
    {
        _rca.Dispose();
        _user.Dispose();
        _builtIn.Dispose();
    }

    private (string Status, string Details) Added(BroughtTemplate template, bool overwrite)
    {
        var row = Assert.Single(_library.Add([template], null, overwrite));
        return (row.Status, row.Details);
    }

    private IEnumerable<string> InForce() => _rca.Templates().Select(one => one.Name).Order();

    private static BroughtTemplate Brought(string name, string alarm) => new("t.yaml", Json(Text(name, alarm)));

    private static JsonElement Json(string yaml) => JsonSerializer.SerializeToElement(
        JsonNodes.Write(YamlReader.Read(yaml, "t.yaml", new ConfigFaults())!));

    private static string Text(string name, string alarm) => $$"""
        metadata: {name: {{name}}, version: 3, type: standard, description: a test}
        entities:
          host: {category: RESOURCE, type: nova.host}
          bad: {category: ALARM, type: nagios, name: {{alarm}}}
        scenarios:
          - condition: bad [on] host
            actions:
              - set_state: {state: ERROR, target: host}

        """;
}
