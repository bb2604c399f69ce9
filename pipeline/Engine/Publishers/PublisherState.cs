namespace Ops.Pipeline.Publishers;

/// <summary>A publisher that is open, for status and metrics.</summary>
/// <param name="Address">Its address, without secrets.</param>
/// <param name="Counts">What became of its samples or events so far.</param>
public readonly record struct PublisherState(string Address, PublisherCounts Counts);
