namespace Ops.Pipeline.Buses;

/// <summary>The form of samples on the bus.</summary>
/// <remarks>
/// A message holds the samples of one resource, whose id is its key, in order: lines of JSON, each a series with its
/// context and one or more points.
/// <code>
/// {"v":1,"meter":M,"resource_id":R[,"measurement":..,"field":..,"database":..][,"dimensions":{..}],"type":T,"unit":U
///  [,"project_id":P][,"user_id":..],"source":S[,"resource_type":..][,"resource_name":..][,"resource_metadata":{..}],
///  "points":[[TIME,VOLUME],[TIME,VOLUME,MONOTONIC],...]}
/// </code>
/// TIME is in nanoseconds since the Unix epoch, MONOTONIC in seconds. <c>points</c> comes last. Without measurement,
/// field and database the series is that of a polled meter.
/// </remarks>
internal static class BusLine
{
    /// <summary>The version of the form; another one is not read.</summary>
    public const int Version = 1;

    /// <summary>The most bytes that a line's head may have.</summary>
    public const int HeadBytesMax = 1 << 20;
}
