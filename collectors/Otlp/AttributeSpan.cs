using Ops.Collectors.Wire;

namespace Ops.Collectors.Otlp;

/// <summary>Where the attributes stand in a point: nearly always one after the other.</summary>
internal struct AttributeSpan
{
    /// <summary>Where the first begins.</summary>
    public int First;

    /// <summary>Where the last ends; 0 where there is none.</summary>
    public int Last;

    /// <summary>Whether other fields stand between them.</summary>
    public bool IsScattered;

    /// <summary>Adds the field that was just read.</summary>
    public void Add(in WireReader wire)
    {
        if (Last == 0)
        {
            First = wire.FieldStart;
        }
        else
        {
            IsScattered |= Last != wire.FieldStart;
        }

        Last = wire.At;
    }
}
