using System.Text.RegularExpressions;
using Ops.Collectors.Http;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.HttpChecks;

/// <summary>Reads the <c>http_checks</c> section of <c>ops.yaml</c>.</summary>
public static class HttpCheckOptionsReader
{
    private const string What = "http_checks";
    private const int ChecksMax = 1000;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>http_checks</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static HttpCheckOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new HttpCheckOptions();
        if (node is null || node.IsNull || !faults.Keys(node, What, "checks", "body_max_kb"))
        {
            return defaults;
        }

        var checks = new List<HttpCheck>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in faults.List(node, "checks", What))
        {
            if (Check(item, faults) is not { } check)
            {
                continue;
            }

            if (!names.Add(check.Name))
            {
                faults.Add(item["name"]!, $"HTTP check name '{check.Name}' occurs twice");
            }

            checks.Add(check);
        }

        if (checks.Count > ChecksMax)
        {
            faults.Add(node["checks"]!, $"'checks' of {What} must hold at most {ChecksMax}, found {checks.Count}");
        }

        return new HttpCheckOptions
        {
            Checks = checks,
            BodyKilobytesMax = faults.Integer(node, "body_max_kb", What, 1, 65_536) ?? defaults.BodyKilobytesMax,
        };
    }

    private static HttpCheck? Check(ConfigNode node, ConfigFaults faults)
    {
        if (!faults.Keys(
            node, "an HTTP check", "name", "url", "method", "headers", "body", "expect", "interval", "timeout",
            "tls_verify", "follow_redirects"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "an HTTP check");
        var what = name.Length > 0 ? $"HTTP check '{name}'" : "an HTTP check";
        var url = HeaderReader.Url(node, what, faults);
        var expect = Expectation(node["expect"], what, faults);
        if (name.Length == 0 || url is null)
        {
            return null;
        }

        var defaults = new HttpCheck(name, url);
        var within = new DurationRange(node, what, faults);
        var interval = within.Read("interval", "1s", "1d") ?? defaults.Interval;
        var timeout = within.Read("timeout", "100ms", "10m");
        if (timeout > interval)
        {
            faults.Add(node["timeout"]!, $"'timeout' of {what} must be at most its interval of "
                + FormattableString.Invariant($"{interval.TotalSeconds:0.###} s, found {node["timeout"]!.Describe()}"));
        }

        var patience = timeout ?? defaults.Timeout;
        return defaults with
        {
            Method = Method(node, what, faults),
            Headers = HeaderReader.Headers(node, "headers", what, faults),
            Body = faults.Text(node, "body", what),
            Expect = expect,
            Interval = interval,
            Timeout = patience < interval ? patience : interval,
            VerifiesCertificate = faults.Bool(node, "tls_verify", what) ?? true,
            FollowsRedirections = faults.Bool(node, "follow_redirects", what) ?? true,
        };
    }

    private static HttpMethod Method(ConfigNode node, string what, ConfigFaults faults)
    {
        var word = faults.Text(node, "method", what)?.ToUpperInvariant() ?? "GET";
        if (!Methods.Contains(word))
        {
            faults.NotOneOf(node["method"]!, $"'method' of {what}", Methods);
            return HttpMethod.Get;
        }

        return new HttpMethod(word);
    }

    private static HttpExpectation Expectation(ConfigNode? node, string check, ConfigFaults faults)
    {
        var defaults = new HttpExpectation();
        var what = $"'expect' of {check}";
        if (node is null || node.IsNull
            || !faults.Keys(node, what, "status", "body_contains", "body_regex", "within"))
        {
            return defaults;
        }

        var status = Status(node, what, faults);
        return new HttpExpectation
        {
            Status = status.Count > 0 ? status : defaults.Status,
            BodyContains = faults.Text(node, "body_contains", what) is { Length: > 0 } part ? part : null,
            BodyRegex = Pattern(node, what, faults),
            Within = new DurationRange(node, what, faults).Read("within", "1ms", "10m"),
        };
    }

    private static List<string> Status(ConfigNode node, string what, ConfigFaults faults)
    {
        var all = new List<string>();
        var listed = node["status"] is { Kind: ConfigNodeKind.Scalar, IsNull: false } one
            ? [one]
            : faults.List(node, "status", what);
        foreach (var item in listed)
        {
            var text = item.Text?.ToLowerInvariant() ?? "";
            if (text.Length == 3 && text[0] is >= '1' and <= '5'
                && (text[1..] == "xx" || (char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]))))
            {
                all.Add(text);
            }
            else
            {
                faults.Add(item, $"'status' of {what} must be from 100 to 599 or a class such as 2xx, found "
                    + item.Describe());
            }
        }

        return all;
    }

    private static Regex? Pattern(ConfigNode node, string what, ConfigFaults faults)
    {
        if (faults.Text(node, "body_regex", what) is not { Length: > 0 } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            faults.Add(node["body_regex"]!, $"'body_regex' of {what} cannot be used: {fault.Message}");
            return null;
        }
    }
}
