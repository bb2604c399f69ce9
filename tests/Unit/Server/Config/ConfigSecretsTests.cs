using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Config;

public sealed class ConfigSecretsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ConfigFaults _faults = new();
    private readonly ConfigSecrets _secrets = new(name => name == "PASSWORD" ? "hunter22" : null);

    [Fact]
    public void Variables_and_files_are_put_into_any_text()
    {
        _folder.Write("key", "abcdef\n");
        var root = Substitute("a: 'user:${env:PASSWORD}@${file:key}'\nb: [plain, {c: \"${env:PASSWORD}\"}]\n");
        Assert.True(_faults.None);
        Assert.Equal("user:hunter22@abcdef", root["a"]!.Text);
        Assert.Equal("hunter22", root["b"]!.Items[1]["c"]!.Text);
        Assert.Equal((1, 4), (root["a"]!.Line, root["a"]!.Column));
    }

    [Theory]
    [InlineData("$${env:PASSWORD}", "${env:PASSWORD}")]
    [InlineData("cost ${5}", "cost ${5}")]
    [InlineData("<% $.x %> ${", "<% $.x %> ${")]
    public void Other_dollars_are_left_alone(string text, string result)
    {
        Assert.Equal(result, Substitute($"a: '{text}'")["a"]!.Text);
        Assert.True(_faults.None);
    }

    [Theory]
    [InlineData("${env:NOPE}", "${env:NOPE}: the environment has no variable 'NOPE'")]
    [InlineData("${file:nope}", "${file:nope}: there is no such file")]
    [InlineData("${evn:PASSWORD}", "${evn:PASSWORD}: 'evn' is not one of env, file. Did you mean 'env'?")]
    public void What_is_not_there_is_a_fault_at_its_place(string text, string message)
    {
        Substitute($"x: 1\na: {text}");
        Assert.Equal("f.yaml:2:4: " + message, Assert.Single(_faults.All).ToString());
    }

    [Fact]
    public void A_file_without_end_is_refused()
    {
        Substitute("a: ${file:/dev/zero}");
        Assert.Equal(
            "f.yaml:1:4: ${file:/dev/zero}: the file is larger than 65536 bytes",
            Assert.Single(_faults.All).ToString());
    }

    [Fact]
    public void A_file_of_great_size_is_refused()
    {
        _folder.Write("big", new string('x', 70_000));
        Substitute("a: ${file:big}");
        Assert.Equal(
            "f.yaml:1:4: ${file:big}: the file is larger than 65536 bytes", Assert.Single(_faults.All).ToString());
    }

    [Fact]
    public void Secrets_are_kept_out_of_messages()
    {
        Substitute("a: ${env:PASSWORD}");
        Assert.Equal("found '***'", _secrets.Redact("found 'hunter22'"));
        Assert.Equal(
            "f.yaml:1:4: found '***'", _secrets.Redact(new ConfigFault("f.yaml", 1, 4, "found 'hunter22'")).ToString());
    }

    public void Dispose() => _folder.Dispose();

    private ConfigNode Substitute(string yaml) =>
        _secrets.Substitute(YamlReader.Read(yaml, "f.yaml", _faults)!, _folder.Path, _faults);
}
