using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Session;

/// <summary>Columns of a table as an agent gave them, by row.</summary>
internal sealed class SnmpTable
{
    private readonly Dictionary<string, Dictionary<Oid, SnmpValue>> _rows = new(StringComparer.Ordinal);

    /// <summary>The indexes of the rows, in the order in which they came.</summary>
    public IReadOnlyCollection<string> Indexes => _rows.Keys;

    /// <summary>Takes a value; false when there are too many rows.</summary>
    public bool Add(Oid column, string index, SnmpValue value, int rowsMax)
    {
        if (!_rows.TryGetValue(index, out var row))
        {
            if (_rows.Count >= rowsMax)
            {
                return false;
            }

            _rows[index] = row = [];
        }

        row[column] = value;
        return true;
    }

    /// <summary>A value, or null where the row has none.</summary>
    public SnmpValue? Find(string index, Oid column) =>
        _rows.TryGetValue(index, out var row) && row.TryGetValue(column, out var value) && !value.IsMissing
            ? value
            : null;

    /// <summary>The text of a value, or empty.</summary>
    public string Text(string index, Oid column) => Find(index, column)?.ToText() ?? "";

    /// <summary>The number of a value, or null.</summary>
    public double? Number(string index, Oid column) => Find(index, column)?.ToNumber();
}
