using System.Diagnostics.CodeAnalysis;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Notifier;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Events;

/// <summary>Opens publishers of events by the scheme of their address.</summary>
/// <remarks>Build it whole before use; then it is safe for concurrent use.</remarks>
public sealed class EventPublisherCatalog
{
    /// <summary>The schemes that need nothing from outside of this room.</summary>
    public static readonly IReadOnlyCollection<string> BuiltInSchemes =
        ["store", "file", "http", "https", "test", "notifier"];

    private readonly SchemeTable<IEventPublisher> _schemes = new();
    private readonly PublisherCatalogOptions _options;

    /// <summary>An empty catalogue.</summary>
    /// <param name="options">Clock, warnings, spill folder and secret; null for the defaults.</param>
    public EventPublisherCatalog(PublisherCatalogOptions? options = null) =>
        _options = options ?? new PublisherCatalogOptions();

    /// <summary>The schemes that it opens.</summary>
    public IReadOnlyCollection<string> Schemes => _schemes.Names;

    /// <summary>A catalogue of the built-in publishers.</summary>
    /// <param name="store">Where <c>store://</c> leads to.</param>
    /// <param name="options">Clock, warnings, spill folder and secret.</param>
    public static EventPublisherCatalog BuiltIn(IEventSink store, PublisherCatalogOptions options)
    {
        HttpEventTarget Http(PublisherAddress address) => new(HttpTargetOptions.From(address), options.Time);

        NotifierEventTarget Notifier(PublisherAddress address) => new(
            NotifierOptions.From(address, "event", options.MessagingUrl),
            options.TelemetrySecret,
            options.HostName,
            options.Time);

        return new EventPublisherCatalog(options)
            .With("store", address => new StoreEventPublisher(PublisherAddress.WithoutSecrets(address.Text), store))
            .WithQueued("file", address => new FileEventTarget(LineFile.Of(address)))
            .WithQueued("http", Http, isPlaceOpen: true)
            .WithQueued("https", Http, isPlaceOpen: true)
            .With("test", address => new TestEventPublisher(PublisherAddress.WithoutSecrets(address.Text)))
            .WithQueued("notifier", Notifier, NotifierOptions.QueueDefaults);
    }

    /// <summary>Adds a scheme of which each address is a target behind a queue of its own.</summary>
    /// <param name="scheme">The scheme, in lower case.</param>
    /// <param name="open">Opens an address; a <see cref="FormatException"/> or an I/O exception says why it
    /// cannot.</param>
    /// <param name="defaults">The queue where the address says nothing; null for the usual.</param>
    /// <param name="isPlaceOpen">Whether parameters of which no one asks belong to the place; else they are
    /// refused.</param>
    public EventPublisherCatalog WithQueued(
        string scheme,
        Func<PublisherAddress, IEventTarget> open,
        QueueOptions? defaults = null,
        bool isPlaceOpen = false) =>
        With(scheme, address =>
        {
            var queue = QueueOptions.From(address, defaults);
            var target = open(address);
            try
            {
                return Queued(address, target, queue, isPlaceOpen);
            }
            catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
            {
                _ = target.DisposeAsync().AsTask();
                throw;
            }
        });

    /// <summary>Adds a scheme, or replaces one.</summary>
    /// <param name="scheme">The scheme, in lower case.</param>
    /// <param name="open">Opens an address; a <see cref="FormatException"/> or an I/O exception says why it
    /// cannot.</param>
    public EventPublisherCatalog With(string scheme, Func<PublisherAddress, IEventPublisher> open)
    {
        _schemes.Add(scheme, open);
        return this;
    }

    /// <summary>Opens an address, or says why not.</summary>
    public bool TryOpen(
        string address, [NotNullWhen(true)] out IEventPublisher? publisher, [NotNullWhen(false)] out string? problem) =>
        _schemes.TryOpen(address, out publisher, out problem);

    private QueuedEventPublisher Queued(
        PublisherAddress address, IEventTarget target, QueueOptions queue, bool isPlaceOpen)
    {
        if (!isPlaceOpen)
        {
            address.RefuseOthers();
        }

        if (target.LimitsItsTime)
        {
            queue = queue with { AttemptTimeout = Timeout.InfiniteTimeSpan };
        }

        return new QueuedEventPublisher(
            PublisherAddress.WithoutSecrets(address.Text),
            target,
            queue,
            _options.Time,
            _options.Warn,
            SpillFolders.Of(address.Text, "events", queue, _options));
    }
}
