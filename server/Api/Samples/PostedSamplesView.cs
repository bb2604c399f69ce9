namespace Ops.Server.Api.Samples;

/// <summary>What became of posted samples.</summary>
/// <param name="Accepted">How many were taken.</param>
/// <param name="Refused">How many were not.</param>
/// <param name="Errors">The first hundred of those that were not.</param>
internal sealed record PostedSamplesView(int Accepted, int Refused, IReadOnlyList<PostedSampleFault> Errors);

/// <summary>A sample that was not taken.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Error">What is wrong.</param>
internal sealed record PostedSampleFault(int Index, string Error);
