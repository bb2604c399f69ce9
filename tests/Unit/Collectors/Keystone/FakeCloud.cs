using System.Net;
using System.Text;

namespace Ops.Unit.Collectors.Keystone;

/// <summary>A Keystone and its services in one handler; tokens are numbered.</summary>
internal sealed class FakeCloud : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<(int Status, string Body)>> _answers = [];
    private readonly Dictionary<string, Dictionary<string, string>> _headers = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int Logins { get; private set; }

    public int LoginStatus { get; set; } = 201;

    public List<string> Asked { get; } = [];

    public List<string> Tokens { get; } = [];

    public string LoginBody { get; private set; } = "";

    /// <summary>Answers a path with these in turn, the last for ever.</summary>
    public FakeCloud On(string path, params (int Status, string Body)[] answers)
    {
        _answers[path] = new Queue<(int, string)>(answers);
        return this;
    }

    public FakeCloud On(string path, string body) => On(path, (200, body));

    /// <summary>Answers a path with these headers too.</summary>
    public FakeCloud With(string path, Dictionary<string, string> headers)
    {
        _headers[path] = headers;
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (path == "/v3/auth/tokens")
        {
            Logins++;
            LoginBody = await request.Content!.ReadAsStringAsync(cancellationToken);
            var answer = Answer(LoginStatus, Token());
            answer.Headers.Add("X-Subject-Token", $"token-{Logins}");
            return answer;
        }

        Asked.Add(request.RequestUri.ToString());
        Tokens.Add(request.Headers.GetValues("X-Auth-Token").Single());
        if (!_answers.TryGetValue(path, out var queue))
        {
            return Answer(404, """{"error": "no such path"}""");
        }

        var (status, body) = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        var told = Answer(status, body);
        foreach (var (name, value) in _headers.GetValueOrDefault(path) ?? [])
        {
            told.Headers.Add(name, value);
        }

        return told;
    }

    private static HttpResponseMessage Answer(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private string Token()
    {
        string Service(string type, string url) => $$"""
            {"type": "{{type}}", "endpoints": [
              {"interface": "public", "region_id": "one", "url": "{{url}}"},
              {"interface": "internal", "region_id": "one", "url": "{{url}}/inside"}]}
            """;
        return $$"""
            {"token": {"expires_at": "{{Time.GetUtcNow().AddHours(1):O}}", "project": {"id": "p1"}, "catalog": [
              {{Service("compute", "http://nova:8774/v2.1")}}, {{Service("volumev3", "http://cinder:8776/v3/p1")}},
              {{Service("network", "http://neutron:9696")}}, {{Service("image", "http://glance:9292/")}},
              {{Service("identity", "http://keystone:5000/v3")}},
              {{Service("orchestration", "http://heat:8004/v1/p1")}},
              {{Service("object-store", "http://swift:8080/v1/AUTH_p1")}},
              {{Service("dns", "http://designate:9001")}},
              {{Service("load-balancer", "http://octavia:9876")}}, {{Service("sharev2", "http://manila:8786/v2")}},
              {{Service("baremetal", "http://ironic:6385")}}
              ] } }
            """;
    }
}
