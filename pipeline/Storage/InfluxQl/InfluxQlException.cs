namespace Ops.Storage.InfluxQl;

/// <summary>A statement cannot be read or answered; the message is InfluxDB's wording.</summary>
internal sealed class InfluxQlException(string message) : Exception(message);
