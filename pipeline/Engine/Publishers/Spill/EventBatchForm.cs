using System.Buffers;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Batches of events as records.</summary>
internal sealed class EventBatchForm : IBatchForm<IReadOnlyList<Event>>
{
    private const ulong Version = 1;

    public string Noun => "events";

    public int Count(IReadOnlyList<Event> batch) => batch.Count;

    public void Release(IReadOnlyList<Event> batch)
    {
    }

    public void Write(IReadOnlyList<Event> batch, IBufferWriter<byte> output)
    {
        var writer = new SpillWriter(output);
        writer.Number(Version);
        writer.Number((ulong)batch.Count);
        foreach (var one in batch)
        {
            writer.Text(one.MessageId);
            writer.Text(one.Type);
            writer.Signed(one.GeneratedNs);
            writer.Text(one.Raw);
            writer.Number((ulong)one.Traits.Count);
            foreach (var trait in one.Traits)
            {
                writer.Text(trait.Name);
                writer.Number((ulong)trait.Type);
                writer.Text(trait.Value);
            }
        }
    }

    public IReadOnlyList<Event>? Read(ReadOnlySpan<byte> record)
    {
        var reader = new SpillReader(record);
        if (reader.Number() != Version)
        {
            return null;
        }

        var events = new List<Event>();
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--)
        {
            var id = reader.Word();
            var type = reader.Word();
            var at = reader.Signed();
            var raw = reader.Text();
            events.Add(new Event(id, type, at, Traits(ref reader), raw));
        }

        return reader.IsDone ? events : null;
    }

    private static List<EventTrait> Traits(ref SpillReader reader)
    {
        var traits = new List<EventTrait>();
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--)
        {
            var name = reader.Word();
            var type = reader.Number();
            if (type is < (ulong)TraitType.Text or > (ulong)TraitType.DateTime)
            {
                reader.Fail();
            }

            traits.Add(new EventTrait(name, (TraitType)type, reader.Word()));
        }

        return traits;
    }
}
