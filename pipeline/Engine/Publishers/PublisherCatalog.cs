using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers;

/// <summary>Opens publishers by the scheme of their address.</summary>
/// <remarks>Build it whole before use; then it is safe for concurrent use.</remarks>
public sealed class PublisherCatalog
{
    /// <summary>The schemes that need nothing from outside of this room.</summary>
    public static readonly IReadOnlyCollection<string> BuiltInSchemes = 
        ["store", "file", "http", "https", "test", .. MetricPublishers.Schemes];

    private readonly Dictionary<string, Func<PublisherAddress, IPublisher>> _byScheme = new(StringComparer.Ordinal);
    private readonly PublisherCatalogOptions _options;

    /// <summary>An empty catalogue.</summary>
    /// <param name="options">Clock, warnings, spill folder and secret; null for the defaults.</param>
    public PublisherCatalog(PublisherCatalogOptions? options = null) =>
        _options = options ?? new PublisherCatalogOptions();

    /// <summary>The schemes that it opens.</summary>
    public IReadOnlyCollection<string> Schemes => _byScheme.Keys;

    /// <summary>A catalogue of the built-in publishers.</summary>
    /// <param name="store">Where <c>store://</c> leads to.</param>
    /// <param name="time">The clock of back-off and timeouts.</param>
    /// <param name="warn">Told of losses.</param>
    public static PublisherCatalog BuiltIn(ISampleSink store, TimeProvider time, Action<string>? warn = null) =>
        BuiltIn(store, new PublisherCatalogOptions { Time = time, Warn = warn });

    /// <summary>A catalogue of the built-in publishers.</summary>
    /// <param name="store">Where <c>store://</c> leads to.</param>
    /// <param name="options">Clock, warnings, spill folder and secret.</param>
    public static PublisherCatalog BuiltIn(ISampleSink store, PublisherCatalogOptions options) =>
        new PublisherCatalog(options)
            .With("store", address => new StorePublisher(
                PublisherAddress.WithoutSecrets(address.Text), store, options.Warn))
            .With("test", address => new TestPublisher(PublisherAddress.WithoutSecrets(address.Text)))
            .WithQueued("file", FileOf)
            .WithQueued("http", address => HttpOf(address, options), isPlaceOpen: true)
            .WithQueued("https", address => HttpOf(address, options), isPlaceOpen: true)
            .WithMetrics(options);

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
            if (!isPlaceOpen)
            {
                address.RefuseOthers();
            }

            return new QueuedPublisher(
                PublisherAddress.WithoutSecrets(address.Text), target, queue, _options.Time, _options.Warn);
        });

    /// <summary>Adds a scheme, or replaces one.</summary>
    /// <param name="scheme">The scheme, in lower case.</param>
    /// <param name="open">Opens an address; a <see cref="FormatException"/> or an I/O exception says why it
    /// cannot.</param>
    public PublisherCatalog With(string scheme, Func<PublisherAddress, IPublisher> open)
    {
        _byScheme[scheme] = open;
        return this;
    }

    /// <summary>Opens an address, or says why not.</summary>
    public bool TryOpen(
        string address, [NotNullWhen(true)] out IPublisher? publisher, [NotNullWhen(false)] out string? problem)
    {
        publisher = null;
        problem = null;
        var parsed = PublisherAddress.Parse(address);
        if (!_byScheme.TryGetValue(parsed.Scheme, out var open))
        {
            problem = $"its kind is not known; known: {string.Join(", ", Schemes)}"
                + NearestName.Hint(parsed.Scheme, Schemes);
            return false;
        }

        try
        {
            publisher = open(parsed);
            return true;
        }
        catch (Exception fault)
            when (fault is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = fault.Message;
            return false;
        }
    }

    private static FileTarget FileOf(PublisherAddress address)
    {
        var path = Uri.UnescapeDataString(address.Place);
        if (path.Length == 0 || path.EndsWith('/'))
        {
            throw new FormatException("it names no file, as in 'file:///var/log/samples.jsonl'");
        }

        var bytesMax = address.TakeInteger("max_bytes", 0, 0, int.MaxValue);
        var backups = address.TakeInteger("backup_count", 0, 0, 10_000);
        address.TakeBool("json", true);
        return new FileTarget(path, bytesMax, backups);
    }

    private static HttpTarget HttpOf(PublisherAddress address, PublisherCatalogOptions options) =>
        new(HttpTargetOptions.From(address), options.Time);
}
