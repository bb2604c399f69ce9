using Ops.Model;
using Ops.Pipeline.Transformers;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class SeriesTableTests
{
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public void A_series_keeps_its_cell()
    {
        var table = new SeriesTable<Cell>(_ => new Cell());
        var far = Enumerable.Range(0, 10_000).Select(Series).Last();
        Assert.Same(table[Series(3)], table[Series(3)]);
        Assert.Same(table[far], table[far]);
        Assert.NotSame(table[Series(3)], table[far]);
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void A_full_table_forgets_one_that_was_not_used_lately()
    {
        var table = new SeriesTable<Cell>(_ => new Cell(), cellsMax: 3);
        var first = Enumerable.Range(0, 3).Select(i => table[Series(i)]).ToArray();
        var fourth = table[Series(3)];
        Assert.Same(first[1], table[Series(1)]);
        var fifth = table[Series(4)];
        Assert.Equal(3, table.Count);
        Assert.Equal(2, table.Forgotten);
        Assert.Same(fourth, table[Series(3)]);
        Assert.Same(first[1], table[Series(1)]);
        Assert.Same(fifth, table[Series(4)]);
        Assert.NotSame(first[0], table[Series(0)]);
    }

    [Fact]
    public void A_rate_whose_state_was_forgotten_starts_anew()
    {
        var transformer = new RateOfChangeTransformer(new ConversionRule(), _catalog, seriesMax: 2);
        SampleFate Handle(string resource, double at)
        {
            var sample = _catalog.Sample("x", at, at, resource: resource);
            return transformer.Handle(ref sample, null!);
        }

        Assert.Equal(SampleFate.NoPredecessor, Handle("a", 0));
        Assert.Equal(SampleFate.NoPredecessor, Handle("b", 0));
        Assert.Equal(SampleFate.NoPredecessor, Handle("c", 0));
        Assert.Equal(SampleFate.Passed, Handle("b", 1));
        Assert.Equal(SampleFate.NoPredecessor, Handle("a", 1));
    }

    private Series Series(int index) => _catalog.Intern("m", index.ToString());

    private sealed class Cell : SeriesCell;
}
