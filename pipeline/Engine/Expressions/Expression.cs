using System.Diagnostics.CodeAnalysis;
using Ops.Model;

namespace Ops.Pipeline.Expressions;

/// <summary>A compiled expression of <c>scale</c> or <c>expr</c>. Immutable, safe for concurrent use.</summary>
/// <remarks>
/// It reads samples and nothing else: no call, no assignment, no loop. At most <see cref="CharsMax"/> characters, <see
/// cref="NodesMax"/> parts and <see cref="DepthMax"/> levels. Source: Ceilometer 8 (Ocata), conversions.
/// </remarks>
internal sealed class Expression
{
    public const int CharsMax = 4096;
    public const int NodesMax = 500;
    public const int DepthMax = 64;

    private readonly ExpressionNode _root;

    internal Expression(string text, ExpressionNode root, IReadOnlyList<string> meters, bool variesBySample)
    {
        Text = text;
        _root = root;
        Meters = meters;
        VariesBySample = variesBySample;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The meters named by <c>$(meter)</c>, in order of first sight.</summary>
    public IReadOnlyList<string> Meters { get; }

    /// <summary>Whether two samples of one series and context may give different values.</summary>
    public bool VariesBySample { get; }

    /// <summary>Why it can give no number whatever the samples are, or null.</summary>
    public string? NeverANumber =>
        _root is ConstantNode { Value: { IsNumber: false } value }
            ? value.IsError ? value.AsText : $"it gives {value.Describe()}"
            : null;

    /// <summary>Compiles a scale, whose names are the fields of the sample.</summary>
    public static bool TryParseScale(
        string text, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out string? problem) =>
        ExpressionParser.TryParse(text, overMeters: false, out expression, out problem);

    /// <summary>Compiles an expression over meters: <c>$(meter)</c> is its volume, <c>$(meter).unit</c> a
    /// field.</summary>
    public static bool TryParseOverMeters(
        string text, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out string? problem) =>
        ExpressionParser.TryParse(text, overMeters: true, out expression, out problem);

    /// <summary>The value: over the one sample of a scale, or over one sample for each of
    /// <see cref="Meters"/>.</summary>
    public ExpressionValue Evaluate(Sample[] samples) => _root.Evaluate(samples);

    /// <summary>The value as a number, or why it is none.</summary>
    public bool TryNumber(Sample[] samples, out double number, [NotNullWhen(false)] out string? problem)
    {
        var value = _root.Evaluate(samples);
        number = value.IsNumber ? value.AsFloat : double.NaN;
        problem = value.IsNumber ? null : value.IsError ? value.AsText : $"gave {value.Describe()}, not a number";
        return problem is null;
    }
}
