using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>What a transformer keeps of one series.</summary>
internal abstract class SeriesCell
{
    /// <summary>The id of its series.</summary>
    public int SeriesId;

    /// <summary>Whether it was used since the table last looked for one to forget.</summary>
    public bool Used;
}

/// <summary>Cells by series id: found by two array look-ups, made at first sight, bounded.</summary>
/// <remarks>A full table forgets by the clock algorithm: a hand goes round the cells, clears the mark of those that
/// were used and takes the first that was not.</remarks>
internal sealed class SeriesTable<T>(Func<Series, T> make, int cellsMax = Transformer.SeriesMax)
    where T : SeriesCell
{
    private const int PageBits = 8;
    private const int PageCells = 1 << PageBits;

    private readonly List<T> _cells = [];
    private T?[]?[] _pages = new T?[]?[16];
    private int _hand;

    /// <summary>How many series have a cell.</summary>
    public int Count => _cells.Count;

    /// <summary>How many cells were forgotten.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The cell of that series.</summary>
    public T this[Series series]
    {
        get
        {
            var id = series.Id;
            var pages = _pages;
            var page = id >> PageBits;
            if (page < pages.Length && pages[page] is { } cells && cells[id & (PageCells - 1)] is { } cell)
            {
                cell.Used = true;
                return cell;
            }

            return Add(series);
        }
    }

    private T Add(Series series)
    {
        var page = series.Id >> PageBits;
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(_pages.Length * 2, page + 1));
        }

        var cell = make(series);
        cell.SeriesId = series.Id;
        cell.Used = true;
        if (_cells.Count < cellsMax)
        {
            _cells.Add(cell);
        }
        else
        {
            _cells[HandToUnused()] = cell;
        }

        (_pages[page] ??= new T?[PageCells])[series.Id & (PageCells - 1)] = cell;
        return cell;
    }

    private int HandToUnused()
    {
        while (_cells[_hand].Used)
        {
            _cells[_hand].Used = false;
            _hand = (_hand + 1) % _cells.Count;
        }

        var at = _hand;
        var id = _cells[at].SeriesId;
        _pages[id >> PageBits]![id & (PageCells - 1)] = null;
        _hand = (_hand + 1) % _cells.Count;
        Forgotten++;
        return at;
    }
}
