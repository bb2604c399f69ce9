namespace Ops.Alarms.Evaluation;

/// <summary>Which of the newest windows had a value, and which of those were outside the threshold.</summary>
/// <remarks>Bit 0 is the newest window. At most <see cref="WindowsMax"/> windows are remembered.</remarks>
internal struct Verdicts
{
    public const int WindowsMax = 127;

    private UInt128 _present;
    private UInt128 _outside;

    /// <summary>Adds the verdict on a window that lies so many windows after the one before.</summary>
    public void Add(long windowsLater, bool isOutside, int lookBack)
    {
        if (windowsLater > WindowsMax)
        {
            (_present, _outside) = (0, 0);
        }
        else
        {
            var keep = (UInt128.One << Math.Min(lookBack, WindowsMax)) - 1;
            _present = (_present << (int)windowsLater) & keep;
            _outside = (_outside << (int)windowsLater) & keep;
        }

        _present |= 1;
        _outside |= isOutside ? 1u : 0u;
    }

    /// <summary>
    /// How many of the newest values there are, at most <paramref name="most"/>, and how many are outside.
    /// </summary>
    public readonly (int Count, int Outside) Newest(int most)
    {
        var (present, outside) = (_present, _outside);
        var count = (int)UInt128.PopCount(present);
        for (; count > most; count--)
        {
            var oldest = UInt128.One << (int)UInt128.Log2(present);
            present &= ~oldest;
            outside &= ~oldest;
        }

        return (count, (int)UInt128.PopCount(outside));
    }

    public void Clear() => (_present, _outside) = (0, 0);
}
