namespace Ops.Storage.Samples;

/// <summary>Where flushed samples go; the seam that lets tests refuse writes.</summary>
internal interface ISampleFile
{
    /// <summary>Writes series rows and samples in one transaction; on disk when it returns.</summary>
    /// <param name="columns">The samples, oldest arrival first.</param>
    /// <param name="series">Series that are new or changed.</param>
    /// <param name="hour">The hour since the epoch, kept with the samples.</param>
    void Write(IReadOnlyList<SampleColumns> columns, IReadOnlyList<StoredSeries> series, int hour);

    /// <summary>Makes the file usable again after a write that failed.</summary>
    void Recover();
}
