using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Session;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Unit.Collectors.Snmp;

/// <summary>An agent in memory, of version 2c.</summary>
internal sealed class FakeAgent : ISnmpTransport
{
    private readonly SortedDictionary<Oid, SnmpValue> _objects = [];

    public List<SnmpPdu> Requests { get; } = [];

    public List<TimeSpan> Timeouts { get; } = [];

    /// <summary>How many of the next messages are lost.</summary>
    public int Loses { get; set; }

    /// <summary>An answer with more bindings is too big.</summary>
    public int BindingsMax { get; set; } = 1000;

    /// <summary>Answers with another request's number first.</summary>
    public bool AnswersAnotherFirst { get; set; }

    /// <summary>Answers GETBULK with the same object again and again.</summary>
    public bool GoesInCircles { get; set; }

    public string Community { get; set; } = "public";

    public FakeAgent With(string oid, SnmpValue value)
    {
        _objects[Oid.Of(oid)] = value;
        return this;
    }

    public FakeAgent With(string oid, string text) =>
        With(oid, new SnmpValue(SnmpTag.Octets, Bytes: System.Text.Encoding.UTF8.GetBytes(text)));

    public FakeAgent With(string oid, long number, byte tag = SnmpTag.Integer) => With(oid, new SnmpValue(tag, number));

    public Task<SnmpCarried> AskAsync(
        SnmpTarget target, byte[] message, Func<byte[], bool> isAnswer, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var asked = CommunityMessage.Read(message)!;
        Requests.Add(asked.Pdu);
        Timeouts.Add(timeout);
        if (Loses > 0 || asked.Community != Community)
        {
            Loses--;
            return Task.FromResult(new SnmpCarried(null, "no answer"));
        }

        var answer = Answer(asked.Pdu);
        if (AnswersAnotherFirst)
        {
            Assert(!isAnswer((asked with { Pdu = answer with { RequestId = answer.RequestId + 1 } }).Write()));
            Assert(!isAnswer((asked with { Pdu = answer, Community = "other" }).Write()));
            Assert(!isAnswer((asked with { Pdu = answer, Version = 0 }).Write()));
        }

        var bytes = (asked with { Pdu = answer }).Write();
        return Task.FromResult(isAnswer(bytes) ? new SnmpCarried(bytes) : new SnmpCarried(null, "no answer"));
    }

    private static void Assert(bool holds) => Xunit.Assert.True(holds);

    private SnmpPdu Answer(SnmpPdu asked)
    {
        var bindings = asked.Type == SnmpTag.GetBulk
            ? Bulk(asked.Bindings, asked.ErrorIndex)
            : [.. asked.Bindings.Select(one => new SnmpBinding(
                one.Name, _objects.GetValueOrDefault(one.Name, new SnmpValue(SnmpTag.NoSuchObject))))];
        return bindings.Count > BindingsMax
            ? new SnmpPdu(SnmpTag.Response, asked.RequestId, SnmpPdu.TooBig, 0, [])
            : new SnmpPdu(SnmpTag.Response, asked.RequestId, 0, 0, bindings);
    }

    private List<SnmpBinding> Bulk(IReadOnlyList<SnmpBinding> asked, int repetitions)
    {
        var bindings = new List<SnmpBinding>();
        var last = asked.Select(one => one.Name).ToArray();
        for (var row = 0; row < repetitions; row++)
        {
            for (var i = 0; i < last.Length; i++)
            {
                var next = _objects.Keys.FirstOrDefault(name => name.CompareTo(last[i]) > 0);
                bindings.Add(next is null
                    ? new SnmpBinding(last[i], new SnmpValue(SnmpTag.EndOfMibView))
                    : new SnmpBinding(next, _objects[next]));
                last[i] = GoesInCircles ? last[i] : next ?? last[i];
            }
        }

        return bindings;
    }
}
