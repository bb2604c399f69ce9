using System.CommandLine;

namespace Ops.Server.Cli.Client;

/// <summary>The options of every verb that asks a running server.</summary>
internal sealed class ClientOptions(Func<string, string?> environment, HttpMessageHandler? network)
{
    private const string UsualServer = "http://127.0.0.1:8080";

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"The server's address; default $OPS_SERVER, else {UsualServer}.",
        HelpName = "URL",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The token to present, where the server asks for one; default $OPS_TOKEN.",
        HelpName = "TOKEN",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print exactly what the API answers.",
    };

    /// <summary>Gives a verb these options.</summary>
    public Command AddTo(Command verb)
    {
        verb.Add(_server);
        verb.Add(_token);
        verb.Add(_json);
        return verb;
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>A client of the server that is asked for.</summary>
    /// <exception cref="CommandFault">The address is not one.</exception>
    public OpsClient Open(ParseResult parsed)
    {
        var address = parsed.GetValue(_server)
            ?? (environment("OPS_SERVER") is { Length: > 0 } named ? named : UsualServer);
        var withScheme = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new CommandFault($"'{address}' is not the address of a server; write it like {UsualServer}");
        }

        return new OpsClient(server, parsed.GetValue(_token) ?? environment("OPS_TOKEN"), network);
    }
}
