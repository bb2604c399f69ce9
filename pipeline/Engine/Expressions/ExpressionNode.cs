using Ops.Model;

namespace Ops.Pipeline.Expressions;

/// <summary>A part of a compiled expression.</summary>
internal abstract class ExpressionNode
{
    /// <summary>The value over these samples.</summary>
    public abstract ExpressionValue Evaluate(Sample[] samples);
}

internal sealed class ConstantNode(ExpressionValue value) : ExpressionNode
{
    public ExpressionValue Value => value;

    public override ExpressionValue Evaluate(Sample[] samples) => value;
}

/// <summary>A field of the sample at an index: 0 for a scale, the meter's number for arithmetic over meters.</summary>
internal sealed class FieldNode(int index, SampleField field) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples) => SampleFields.Read(field, samples[index]);
}

internal sealed class NegateNode(ExpressionNode of) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples) => ExpressionArithmetic.Negate(of.Evaluate(samples));
}

internal sealed class PlusNode(ExpressionNode of) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples) => ExpressionArithmetic.Plus(of.Evaluate(samples));
}

internal sealed class NotNode(ExpressionNode of) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var value = of.Evaluate(samples);
        return value.IsError ? value : ExpressionValue.Of(!value.IsTrue);
    }
}

/// <summary><c>and</c>, <c>or</c>: the first operand that decides, as it is.</summary>
internal sealed class ShortCircuitNode(ExpressionNode left, ExpressionNode right, bool stopsAt) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var first = left.Evaluate(samples);
        return first.IsError || first.IsTrue == stopsAt ? first : right.Evaluate(samples);
    }
}

internal sealed class ChoiceNode(ExpressionNode then, ExpressionNode when, ExpressionNode otherwise) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var decision = when.Evaluate(samples);
        return decision.IsError ? decision : decision.IsTrue ? then.Evaluate(samples) : otherwise.Evaluate(samples);
    }
}

/// <summary>A chain <c>a &lt; b &lt;= c</c>: true when each link holds, stopping at the first that does not.</summary>
internal sealed class ComparisonNode(ExpressionNode first, ComparisonSign[] signs, ExpressionNode[] rest)
    : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var left = first.Evaluate(samples);
        var result = ExpressionValue.Of(true);
        for (var i = 0; i < signs.Length; i++)
        {
            var right = rest[i].Evaluate(samples);
            result = ExpressionComparison.Compare(signs[i], left, right);
            if (!result.IsTrue)
            {
                return result;
            }

            left = right;
        }

        return result;
    }
}

/// <summary><c>x.name</c> and <c>x[key]</c>: what a mapping holds, or the missing value; of a list the item.</summary>
internal sealed class MemberNode(ExpressionNode of, ExpressionNode key) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var holder = of.Evaluate(samples);
        var name = key.Evaluate(samples);
        if (holder.IsError || name.IsError)
        {
            return holder.IsError ? holder : name;
        }

        return (holder.Type, name.Type) switch
        {
            (ExpressionType.Map, ExpressionType.Text) =>
                holder.AsMap is { } map && map.TryGetValue(name.AsText, out var value)
                    ? ExpressionValue.From(value)
                    : ExpressionValue.Missing,
            (ExpressionType.List, ExpressionType.Int) => Item(holder.AsList, name.AsInt),
            _ => ExpressionValue.Error($"{holder.Describe()} has no member {Quote(name)}"),
        };
    }

    private static ExpressionValue Item(IReadOnlyList<object?> list, long index)
    {
        index = index < 0 ? index + list.Count : index;
        return index >= 0 && index < list.Count
            ? ExpressionValue.From(list[(int)index])
            : ExpressionValue.Error("the index is outside of the list");
    }

    private static string Quote(in ExpressionValue name) =>
        name.Type == ExpressionType.Text ? $"'{name.AsText}'" : name.Describe();
}
