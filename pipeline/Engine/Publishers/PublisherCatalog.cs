using System.Diagnostics.CodeAnalysis;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Ops.Pipeline.Publishers.Notifier;
using Ops.Pipeline.Publishers.Sockets;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Publishers;

/// <summary>Opens publishers by the scheme of their address.</summary>
/// <remarks>Build it whole before use; then it is safe for concurrent use.</remarks>
public sealed class PublisherCatalog
{
    /// <summary>The schemes that need nothing from outside of this room.</summary>
    public static readonly IReadOnlyCollection<string> BuiltInSchemes =
        ["store", "file", "http", "https", "test", "notifier", "udp", "tcp", .. MetricPublishers.Schemes];

    private readonly SchemeTable<IPublisher> _schemes = new();
    private readonly PublisherCatalogOptions _options;

    /// <summary>An empty catalogue.</summary>
    /// <param name="options">Clock, warnings, spill folder and secret; null for the defaults.</param>
    public PublisherCatalog(PublisherCatalogOptions? options = null) =>
        _options = options ?? new PublisherCatalogOptions();

    /// <summary>The schemes that it opens.</summary>
    public IReadOnlyCollection<string> Schemes => _schemes.Names;

    /// <summary>A catalogue of the built-in publishers.</summary>
    /// <param name="store">Where <c>store://</c> leads to.</param>
    /// <param name="time">The clock of back-off and timeouts.</param>
    /// <param name="warn">Told of losses.</param>
    public static PublisherCatalog BuiltIn(ISampleSink store, TimeProvider time, Action<string>? warn = null) =>
        BuiltIn(store, new PublisherCatalogOptions { Time = time, Warn = warn });

    /// <summary>A catalogue of the built-in publishers.</summary>
    /// <param name="store">Where <c>store://</c> leads to.</param>
    /// <param name="options">Clock, warnings, spill folder and secret.</param>
    public static PublisherCatalog BuiltIn(ISampleSink store, PublisherCatalogOptions options)
    {
        HttpTarget Http(PublisherAddress address) => new(HttpTargetOptions.From(address), options.Time);

        NotifierTarget Notifier(PublisherAddress address) => new(
            NotifierOptions.From(address, "metering", options.MessagingUrl),
            options.TelemetrySecret,
            options.HostName,
            options.Time);

        return new PublisherCatalog(options)
            .With("store", address => new StorePublisher(
                PublisherAddress.WithoutSecrets(address.Text), store, options.Warn))
            .WithQueued("file", address => new FileTarget(LineFile.Of(address)))
            .WithQueued("http", Http, isPlaceOpen: true)
            .WithQueued("https", Http, isPlaceOpen: true)
            .With("test", address => new TestPublisher(PublisherAddress.WithoutSecrets(address.Text)))
            .WithQueued("notifier", Notifier, NotifierOptions.QueueDefaults)
            .WithQueued("udp", address => new UdpTarget(
                HostAndPort.Parse(address.Place, UdpTarget.PortDefault), options.TelemetrySecret, options.Time))
            .WithQueued("tcp", address => new TcpTarget(
                HostAndPort.Parse(address.Place, TcpTarget.PortDefault), options.TelemetrySecret, options.HostName))
            .WithMetrics(options);
    }

    /// <summary>Adds a scheme of which each address is a target behind a queue of its own.</summary>
    /// <param name="scheme">The scheme, in lower case.</param>
    /// <param name="open">Opens an address; a <see cref="FormatException"/> or an I/O exception says why it
    /// cannot.</param>
    /// <param name="defaults">The queue where the address says nothing; null for the usual.</param>
    /// <param name="isPlaceOpen">Whether parameters of which no one asks belong to the place; else they are
    /// refused.</param>
    public PublisherCatalog WithQueued(
        string scheme,
        Func<PublisherAddress, IPublisherTarget> open,
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
    public PublisherCatalog With(string scheme, Func<PublisherAddress, IPublisher> open)
    {
        _schemes.Add(scheme, open);
        return this;
    }

    /// <summary>Opens an address, or says why not.</summary>
    public bool TryOpen(
        string address, [NotNullWhen(true)] out IPublisher? publisher, [NotNullWhen(false)] out string? problem) =>
        _schemes.TryOpen(address, out publisher, out problem);

    private QueuedPublisher Queued(
        PublisherAddress address, IPublisherTarget target, QueueOptions queue, bool isPlaceOpen)
    {
        if (!isPlaceOpen)
        {
            address.RefuseOthers();
        }

        if (target.LimitsItsTime)
        {
            queue = queue with { AttemptTimeout = Timeout.InfiniteTimeSpan };
        }

        return new QueuedPublisher(
            PublisherAddress.WithoutSecrets(address.Text),
            target,
            queue,
            _options.Time,
            _options.Warn,
            SpillFolders.Of(address.Text, "samples", queue, _options),
            _options.Series);
    }
}
