namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>What became of a request.</summary>
/// <param name="Status">The status code; 0 when there was no answer.</param>
/// <param name="Body">The answer's body, at most <see cref="HttpDelivery.AnswerBytesMax"/> bytes of it.</param>
/// <param name="Fault">Why there was no answer, or null.</param>
/// <param name="RetryAfter">How long the server asks to be left alone, or null.</param>
internal readonly record struct HttpAnswer(
    int Status, ReadOnlyMemory<byte> Body, string? Fault = null, TimeSpan? RetryAfter = null)
{
    private const int SaidCharsMax = 300;

    /// <summary>Whether the server took the body.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether another try may succeed: no answer, 408, 425, 429 and 5xx.</summary>
    public bool MayPass => Fault is not null || Status is 408 or 425 or 429 or >= 500;

    /// <summary>What it means for the batch: sent, passing or refused.</summary>
    public PublishResult Result =>
        IsSuccess ? PublishResult.Sent
        : MayPass ? PublishResult.Passing(Problem, RetryAfter)
        : PublishResult.Refused(Problem);

    /// <summary>The failure for people: the status and what the server said.</summary>
    public string Problem
    {
        get
        {
            var said = Said;
            return Fault ?? (said.Length > 0 ? $"answered {Status}: {said}" : $"answered {Status}");
        }
    }

    /// <summary>The body as one line of text, cut to 300 characters.</summary>
    public string Said
    {
        get
        {
            var text = System.Text.Encoding.UTF8.GetString(Body.Span).ReplaceLineEndings(" ").Trim();
            return text.Length > SaidCharsMax ? string.Concat(text.AsSpan(0, SaidCharsMax), "...") : text;
        }
    }
}
