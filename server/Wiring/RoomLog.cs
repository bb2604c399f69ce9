namespace Ops.Server.Wiring;

/// <summary>
/// Takes the sentences of rooms to the program's log; those from before it opens are kept until then.
/// </summary>
internal sealed partial class RoomLog
{
    private const int EarlyMax = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<(string Room, string Sentence)> _early = new();
    private ILogger? _logger;

    /// <summary>What a room calls with a sentence.</summary>
    public Action<string> Of(string room) => sentence => Say(room, sentence);

    public void Open(ILogger logger)
    {
        lock (_lock)
        {
            _logger = logger;
            while (_early.TryDequeue(out var said))
            {
                Warned(logger, said.Room, said.Sentence);
            }
        }
    }

    public void Say(string room, string sentence)
    {
        lock (_lock)
        {
            if (_logger is not null)
            {
                Warned(_logger, room, sentence);
            }
            else if (_early.Count < EarlyMax)
            {
                _early.Enqueue((room, sentence));
            }
        }
    }

    /// <summary>Logs what is well and good to know.</summary>
    public void Tell(string room, string sentence)
    {
        if (_logger is { } logger)
        {
            Told(logger, room, sentence);
        }
    }

    [LoggerMessage(100, LogLevel.Warning, "{Room}: {Sentence}")]
    private static partial void Warned(ILogger logger, string room, string sentence);

    [LoggerMessage(101, LogLevel.Information, "{Room}: {Sentence}")]
    private static partial void Told(ILogger logger, string room, string sentence);
}
