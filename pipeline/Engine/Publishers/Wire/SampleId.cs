using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Wire;

/// <summary>Gives a sample the id that its messages bear: the same for the same sample, however often it is
/// sent.</summary>
/// <remarks>Ceilometer draws a random id for each sample; a receiver that knows ids tells repetitions in either
/// case.</remarks>
internal static class SampleId
{
    /// <summary>A UUID made of meter, resource, dimensions, time and volume.</summary>
    public static Guid Of(in Sample sample)
    {
        var series = sample.Series;
        var text = $"{series.Meter}\0{series.ResourceId}\0{series.Dimensions}\0{series.Database}";
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(text));
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, sample.TimestampNs);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[8..], sample.Volume);
        digest.AppendData(numbers);
        digest.GetHashAndReset(hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
