namespace Ops.Pipeline.Expressions;

/// <summary>The types a value of an expression has.</summary>
internal enum ExpressionType : byte
{
    Nothing,
    Bool,
    Int,
    Float,
    Text,
    Map,
    List,
    Error,
}

/// <summary>A value with Python's types: what an expression reads, passes on and gives.</summary>
/// <remarks>An operation that Python would refuse gives an error value, which every operation hands on: no exception
/// is thrown for a sample. A missing name is an empty map. Whole numbers have 64 bits; what outgrows them is a
/// float.</remarks>
internal readonly struct ExpressionValue
{
    private readonly long _bits;
    private readonly object? _object;

    private ExpressionValue(ExpressionType type, long bits, object? held)
    {
        Type = type;
        _bits = bits;
        _object = held;
    }

    /// <summary>Python's None.</summary>
    public static ExpressionValue Nothing => default;

    /// <summary>What a name gives that is not there: empty, false, and of no use in arithmetic.</summary>
    public static ExpressionValue Missing => new(ExpressionType.Map, 0, null);

    public ExpressionType Type { get; }

    public bool IsError => Type == ExpressionType.Error;

    public bool IsNumber => Type is ExpressionType.Bool or ExpressionType.Int or ExpressionType.Float;

    public bool IsWhole => Type is ExpressionType.Bool or ExpressionType.Int;

    public long AsInt => _bits;

    public double AsFloat => Type == ExpressionType.Float ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    public string AsText => (string)_object!;

    public IReadOnlyDictionary<string, object?>? AsMap => (IReadOnlyDictionary<string, object?>?)_object;

    public IReadOnlyList<object?> AsList => (IReadOnlyList<object?>)_object!;

    /// <summary>Python's truth: nothing, zero and what is empty are false.</summary>
    public bool IsTrue => Type switch
    {
        ExpressionType.Bool or ExpressionType.Int => _bits != 0,
        ExpressionType.Float => AsFloat != 0,
        ExpressionType.Text => AsText.Length > 0,
        ExpressionType.Map => AsMap is { Count: > 0 },
        ExpressionType.List => AsList.Count > 0,
        _ => false,
    };

    public static ExpressionValue Of(bool value) => new(ExpressionType.Bool, value ? 1 : 0, null);

    public static ExpressionValue Of(long value) => new(ExpressionType.Int, value, null);

    public static ExpressionValue Of(double value) =>
        new(ExpressionType.Float, BitConverter.DoubleToInt64Bits(value), null);

    public static ExpressionValue Of(string? value) => value is null ? Nothing : new(ExpressionType.Text, 0, value);

    public static ExpressionValue Of(IReadOnlyDictionary<string, object?> value) => new(ExpressionType.Map, 0, value);

    public static ExpressionValue Error(string problem) => new(ExpressionType.Error, 0, problem);

    /// <summary>A value as metadata holds it.</summary>
    public static ExpressionValue From(object? value) => value switch
    {
        null => Nothing,
        bool truth => Of(truth),
        long whole => Of(whole),
        int whole => Of((long)whole),
        double number => Of(number),
        string text => Of(text),
        IReadOnlyDictionary<string, object?> map => Of(map),
        IReadOnlyList<object?> list => new(ExpressionType.List, 0, list),
        _ => Error($"a {value.GetType().Name} is of no use in an expression"),
    };

    /// <summary>The word for its type in messages.</summary>
    public string Describe() => Type switch
    {
        ExpressionType.Nothing => "None",
        ExpressionType.Bool => "a truth value",
        ExpressionType.Int or ExpressionType.Float => "a number",
        ExpressionType.Text => "text",
        ExpressionType.Map => AsMap is { Count: > 0 } ? "a mapping" : "a missing name",
        ExpressionType.List => "a list",
        _ => "an error",
    };
}
