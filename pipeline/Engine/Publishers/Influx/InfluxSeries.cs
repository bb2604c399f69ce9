namespace Ops.Pipeline.Publishers.Influx;

/// <summary>Measurement and tags as a line begins with them, shared by all fields of a point.</summary>
/// <param name="bytes">The text with the blank after it.</param>
internal sealed class InfluxKey(byte[] bytes)
{
    public byte[] Bytes => bytes;
}

/// <summary>A series as lines show it.</summary>
/// <param name="Key">Measurement and tags.</param>
/// <param name="Field">The field's name with <c>=</c>.</param>
/// <param name="IsInteger">Whether its values are integers.</param>
internal sealed record InfluxSeries(InfluxKey Key, byte[] Field, bool IsInteger);
