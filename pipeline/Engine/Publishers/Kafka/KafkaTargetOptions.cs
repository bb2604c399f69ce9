namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>What the parameters of a <c>kafka://</c> publisher say.</summary>
/// <param name="Connection">The cluster.</param>
/// <param name="Producer">How messages are produced.</param>
/// <param name="Topic">The topic (<c>topic</c>); default <c>ceilometer</c>.</param>
internal sealed record KafkaTargetOptions(KafkaConnection Connection, KafkaProducerOptions Producer, string Topic)
{
    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    public static KafkaTargetOptions From(PublisherAddress address)
    {
        var topic = address.Take("topic") ?? "ceilometer";
        var isName = topic.Length is > 0 and <= 249
            && topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        return isName
            ? new KafkaTargetOptions(KafkaConnection.From(address), KafkaProducerOptions.From(address), topic)
            : throw new FormatException(
                $"'topic' must be 1 to 249 of letters, digits, '.', '_' and '-', found '{topic}'");
    }
}
