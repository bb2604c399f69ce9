using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>What publishers take from the program rather than from their address.</summary>
public sealed record PublisherCatalogOptions
{
    /// <summary>The clock of back-off and timeouts; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of losses, a sentence at a time; null tells nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The folder for what is spilled, a sub-folder for each publisher; null refuses
    /// <c>policy=spill</c>.</summary>
    public string? SpillFolder { get; init; }

    /// <summary>The catalogue of the samples that come in; what was spilled is interned there again.</summary>
    public SeriesCatalog Series { get; init; } = new();

    /// <summary>The key of the signature in messages of <c>notifier</c>, <c>udp</c>, <c>tcp</c> (Ceilometer's
    /// <c>telemetry_secret</c>); default empty: not signed.</summary>
    public string TelemetrySecret { get; init; } = "";

    /// <summary>Who messages say they come from; default the machine's name.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>The broker of a <c>notifier://</c> that names none, such as
    /// <c>rabbit://user:password@host:5672/</c>; null for none.</summary>
    public string? MessagingUrl { get; init; }
}
