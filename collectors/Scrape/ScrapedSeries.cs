using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>A series of a target, as far as it is known.</summary>
internal sealed class ScrapedSeries(byte[] key)
{
    /// <summary>Name and labels as written.</summary>
    public byte[] Key => key;

    /// <summary>The metric's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What follows the family's name.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The resource: the label <c>instance</c>, else the target's.</summary>
    public string ResourceId { get; init; } = "";

    /// <summary>All labels.</summary>
    public Tags Labels { get; init; } = Tags.Empty;

    /// <summary>Whether the target's patterns leave it out.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>What is declared of it; null when nothing is.</summary>
    public MetricFamily? Family { get; set; }

    /// <summary>The version of the family that <see cref="Context"/> stands for.</summary>
    public int FamilyVersion { get; set; }

    /// <summary>What all its samples share, until the family changes.</summary>
    public SampleContext Context { get; set; } = SampleContext.Plain;

    /// <summary>The interned series; null until it is first handed over.</summary>
    public Series? Series { get; set; }

    /// <summary>The scrape that it was last seen in.</summary>
    public long SeenIn { get; set; }

    /// <summary>Whether the newest whole scrape held it.</summary>
    public bool IsPresent { get; set; }

    /// <summary>Whether it was away for so long that it is no longer remembered.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>The series that followed it the last time.</summary>
    public ScrapedSeries? Follower { get; set; }
}

/// <summary>A value that was scraped.</summary>
/// <param name="Series">Of what.</param>
/// <param name="Value">The value; finite.</param>
/// <param name="TimestampNs">The time that the target gives, or null.</param>
internal readonly record struct ScrapedPoint(ScrapedSeries Series, double Value, long? TimestampNs);
