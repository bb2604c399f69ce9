namespace Ops.Collectors.Snmp.Session;

/// <summary>Carries a message to an agent and its answer back.</summary>
internal interface ISnmpTransport
{
    /// <summary>Sends, and waits for the first message from there that is the answer.</summary>
    /// <param name="target">The agent.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="isAnswer">Whether a message that came is the answer; others are passed over.</param>
    /// <param name="timeout">How long is waited.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, or why there is none.</returns>
    Task<SnmpCarried> AskAsync(
        SnmpTarget target, byte[] message, Func<byte[], bool> isAnswer, TimeSpan timeout,
        CancellationToken cancellationToken);
}

/// <summary>What came back: a message, or why none did.</summary>
internal readonly record struct SnmpCarried(byte[]? Message, string Reason = "");
