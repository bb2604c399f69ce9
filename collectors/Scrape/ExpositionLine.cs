namespace Ops.Collectors.Scrape;

/// <summary>What <see cref="ExpositionReader"/> met.</summary>
internal enum ExpositionLine
{
    /// <summary>A metric's type.</summary>
    Type,

    /// <summary>A metric's unit.</summary>
    Unit,

    /// <summary>A sample.</summary>
    Sample,

    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A line that is not as it must be; the text as a whole is refused.</summary>
    Fault,
}
