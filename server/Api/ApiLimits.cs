namespace Ops.Server.Api;

/// <summary>The limits of the HTTP side, each in one place.</summary>
public static class ApiLimits
{
    /// <summary>Largest body of line protocol, as sent and again when unpacked.</summary>
    public const int WriteBodyBytesMax = 25 * 1024 * 1024;

    /// <summary>Largest body of JSON, as sent and again when unpacked.</summary>
    public const int JsonBodyBytesMax = 25 * 1024 * 1024;

    /// <summary>Deepest nesting of a JSON body.</summary>
    public const int JsonDepthMax = 32;

    /// <summary>Largest form of a query.</summary>
    public const int FormBytesMax = 256 * 1024;

    /// <summary>Longest InfluxQL text.</summary>
    public const int QueryCharsMax = 64 * 1024;

    /// <summary>Most InfluxQL requests that wait for their turn.</summary>
    public const int QueriesWaitingMax = 100;

    /// <summary>Longest value of a parameter in an address.</summary>
    public const int ParameterCharsMax = 4096;

    /// <summary>Entries of a list where no <c>limit</c> is given.</summary>
    public const int PageDefault = 1000;

    /// <summary>Most entries of a list that one answer holds.</summary>
    public const int PageMax = 10_000;

    /// <summary>Most buckets of one series in a range answer.</summary>
    public const int BucketsMax = 100_000;

    /// <summary>Most series in a range answer, and the number where none is given.</summary>
    public const int SeriesMax = 1000;

    /// <summary>Most faulty samples that an answer tells of; all are counted.</summary>
    public const int ErrorsMax = 100;

    /// <summary>Most live streams at a time.</summary>
    public const int LiveStreamsMax = 100;

    /// <summary>Longest error text in a header.</summary>
    public const int HeaderCharsMax = 1024;

    /// <summary>Most descriptions of series that posted samples may leave in memory.</summary>
    public const int PostedContextsMax = 100_000;

    /// <summary>Longest that one InfluxQL request may take, once it has its turn.</summary>
    public static readonly TimeSpan QueryTimeMax = TimeSpan.FromSeconds(60);

    /// <summary>Silence after which a live stream sends a heartbeat.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Default range of the history of alarms.</summary>
    public static readonly TimeSpan HistoryDefault = TimeSpan.FromDays(1);

    /// <summary>Default range of a chart.</summary>
    public static readonly TimeSpan RangeDefault = TimeSpan.FromHours(1);
}
