using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.InfluxLine;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.InfluxLine;

/// <summary>A reader at a fixed time, with what it read.</summary>
internal sealed class SomeReader
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public SomeReader(LineProtocolLimits? limits = null) =>
        Reader = new LineProtocolReader(Catalog, new FakeTimeProvider(Now), limits);

    public SeriesCatalog Catalog { get; } = new();

    public LineProtocolReader Reader { get; }

    public List<Sample> Samples { get; } = [];

    public LineProtocolResult Read(
        string body, TimestampPrecision precision = TimestampPrecision.Nanoseconds, string? database = "db") =>
        Reader.Read(Encoding.UTF8.GetBytes(body), database, precision, batch => Samples.AddRange(batch.Items));

    public Sample One(string line)
    {
        var result = Read(line);
        Assert.Null(result.ErrorText());
        return Assert.Single(Samples);
    }

    public string Fault(string line, TimestampPrecision precision = TimestampPrecision.Nanoseconds)
    {
        var result = Read(line, precision);
        Assert.Equal(0, result.Accepted);
        Assert.Equal(1, result.Refused);
        return Assert.Single(result.Faults).Message;
    }
}
