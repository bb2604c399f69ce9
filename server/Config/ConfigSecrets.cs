using System.Text;
using System.Text.RegularExpressions;
using Ops.Model;

namespace Ops.Server.Config;

/// <summary>
/// Puts the environment and files into documents: <c>${env:NAME}</c> and <c>${file:PATH}</c> inside any text.
/// </summary>
/// <remarks>
/// A path is relative to the document's folder; the file's last line end is cut off. <c>$${</c> stands for <c>${</c>.
/// Any other <c>${</c> is left as it is. Every value that was put in is remembered, so that <see
/// cref="Redact(string)"/>
/// keeps it out of logs and answers. Safe for concurrent use.
/// </remarks>
/// <param name="environment">Reads a variable; default the process's environment.</param>
public sealed partial class ConfigSecrets(Func<string, string?>? environment = null)
{
    /// <summary>The largest file that <c>${file:PATH}</c> takes.</summary>
    public const int FileBytesMax = 64 * 1024;

    /// <summary>Values shorter than this are not redacted: they occur by chance.</summary>
    public const int RedactedCharsMin = 4;

    private static readonly string[] Kinds = ["env", "file"];

    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly Lock _valuesLock = new();

    /// <summary>The same document with values put in; what cannot be found is a fault at its place.</summary>
    public ConfigNode Substitute(ConfigNode node, string folder, ConfigFaults faults) => node.Kind switch
    {
        ConfigNodeKind.Scalar => SubstituteScalar(node, folder, faults),
        ConfigNodeKind.Sequence => ConfigNode.Sequence(
            [.. node.Items.Select(item => Substitute(item, folder, faults))], node.File, node.Line, node.Column),
        _ => ConfigNode.Mapping(
            [.. node.Members.Select(member => member with { Value = Substitute(member.Value, folder, faults) })],
            node.File, node.Line, node.Column),
    };

    /// <summary>The text with every value that was put into a document replaced by <c>***</c>.</summary>
    public string Redact(string text)
    {
        lock (_valuesLock)
        {
            return _values.Aggregate(text, (left, value) => left.Replace(value, "***", StringComparison.Ordinal));
        }
    }

    /// <summary>The fault with values redacted from its message.</summary>
    public ConfigFault Redact(ConfigFault fault) => fault with { Message = Redact(fault.Message) };

    private ConfigNode SubstituteScalar(ConfigNode node, string folder, ConfigFaults faults)
    {
        if (node.Text is not { } text || !text.Contains("${", StringComparison.Ordinal))
        {
            return node;
        }

        var result = new StringBuilder();
        var from = 0;
        foreach (Match match in Reference().Matches(text))
        {
            result.Append(text, from, match.Index - from).Append(Value(match, node, folder, faults));
            from = match.Index + match.Length;
        }

        result.Append(text, from, text.Length - from);
        return ConfigNode.Scalar(result.ToString(), node.IsQuoted, node.File, node.Line, node.Column);
    }

    private string Value(Match match, ConfigNode node, string folder, ConfigFaults faults)
    {
        if (match.Value == "$${")
        {
            return "${";
        }

        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
        var value = kind switch
        {
            "env" => FromEnvironment(name, node, faults),
            "file" => FromFile(name, node, folder, faults),
            _ => Unknown(match.Value, kind, node, faults),
        };

        if (value.Length >= RedactedCharsMin)
        {
            lock (_valuesLock)
            {
                _values.Add(value);
            }
        }

        return value;
    }

    private string FromEnvironment(string name, ConfigNode node, ConfigFaults faults)
    {
        if (_environment(name) is { } value)
        {
            return value;
        }

        faults.Add(node, $"${{env:{name}}}: the environment has no variable '{name}'");
        return "";
    }

    private static string FromFile(string name, ConfigNode node, string folder, ConfigFaults faults)
    {
        try
        {
            var path = Path.GetFullPath(name, Path.GetFullPath(folder));
            using var file = File.OpenRead(path);
            var bytes = new byte[FileBytesMax + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= FileBytesMax)
            {
                using var text = new StreamReader(new MemoryStream(bytes, 0, length));
                return text.ReadToEnd().TrimEnd('\r', '\n');
            }

            faults.Add(node, $"${{file:{name}}}: the file is larger than {FileBytesMax} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(node, $"${{file:{name}}}: {Cause(fault)}");
        }

        return "";
    }

    private static string Cause(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "the file may not be read",
        _ => "the file cannot be read",
    };

    private static string Unknown(string whole, string kind, ConfigNode node, ConfigFaults faults)
    {
        faults.Add(node, $"{whole}: '{kind}' is not one of env, file{Hint(kind)}");
        return "";
    }

    /// <summary>The words are too short for the usual measure of nearness: two letters may be swapped.</summary>
    private static string Hint(string kind) =>
        Kinds.FirstOrDefault(one => one.Order().SequenceEqual(kind.Order())) is { } swapped
            ? $". Did you mean '{swapped}'?"
            : NearestName.Hint(kind, Kinds);

    [GeneratedRegex(@"\$\$\{|\$\{(?<kind>[a-z]+):(?<name>[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
