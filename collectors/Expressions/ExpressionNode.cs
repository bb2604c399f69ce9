using System.Text;

namespace Ops.Collectors.Expressions;

/// <summary>A part of an expression.</summary>
internal abstract record ExpressionNode
{
    /// <summary>Works it out.</summary>
    public object? Value(EvaluationScope scope)
    {
        scope.Spend(1);
        return Compute(scope);
    }

    protected abstract object? Compute(EvaluationScope scope);
}

internal sealed record ConstantNode(object? Constant) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => Constant;
}

internal sealed record NameNode(string Name) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => scope[Name];
}

internal sealed record ListNode(IReadOnlyList<ExpressionNode> Items) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => Items.Select(item => item.Value(scope)).ToList();
}

internal sealed record MapNode(IReadOnlyList<(ExpressionNode Key, ExpressionNode Value)> Members) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in Members)
        {
            map[ValueText.Of(key.Value(scope))] = value.Value(scope);
        }

        return map;
    }
}

internal sealed record OperatorNode(string Sign, ExpressionNode Left, ExpressionNode Right) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) =>
        ValueOperators.Apply(Sign, Left.Value(scope), Right.Value(scope), scope);
}

/// <summary>Comparisons in a row, each of neighbours: <c>a &lt; b &lt;= c</c>.</summary>
internal sealed record ComparisonNode(ExpressionNode First, IReadOnlyList<(string Sign, ExpressionNode Right)> Rest)
    : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        var left = First.Value(scope);
        foreach (var (sign, next) in Rest)
        {
            var right = next.Value(scope);
            if (!ValueOperators.Compare(sign, left, right, scope))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}

internal sealed record EitherNode(bool IsAnd, ExpressionNode Left, ExpressionNode Right) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        var left = Left.Value(scope);
        return ValueOperators.IsTrue(left) == IsAnd ? Right.Value(scope) : left;
    }
}

internal sealed record NotNode(ExpressionNode Inner) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => !ValueOperators.IsTrue(Inner.Value(scope));
}

internal sealed record NegativeNode(ExpressionNode Inner) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) =>
        ValueOperators.Apply("-", 0L, Inner.Value(scope), scope);
}

internal sealed record ConditionalNode(ExpressionNode Test, ExpressionNode Then, ExpressionNode Else) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) =>
        (ValueOperators.IsTrue(Test.Value(scope)) ? Then : Else).Value(scope);
}

internal sealed record IndexNode(ExpressionNode Owner, ExpressionNode Index) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) =>
        ValueSequences.Item(Owner.Value(scope), Index.Value(scope));
}

internal sealed record SliceNode(
    ExpressionNode Owner, ExpressionNode? From, ExpressionNode? To, ExpressionNode? Step) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => ValueSequences.Slice(
        Owner.Value(scope), From?.Value(scope), To?.Value(scope), Step?.Value(scope), scope);
}

internal sealed record MethodNode(ExpressionNode Owner, string Name, IReadOnlyList<ExpressionNode> Arguments)
    : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope) => ValueMethods.Call(
        Owner.Value(scope), Name, [.. Arguments.Select(argument => argument.Value(scope))], scope);
}

/// <summary>A function such as <c>len</c>; one that takes a lambda has it as <see cref="LambdaNode"/>.</summary>
internal sealed record CallNode(string Name, IReadOnlyList<ExpressionNode> Arguments) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        if (Arguments is [LambdaNode each, var items])
        {
            return ValueFunctions.Over(Name, each, items.Value(scope), scope);
        }

        return ValueFunctions.Call(Name, [.. Arguments.Select(argument => argument.Value(scope))], scope);
    }
}

/// <summary>A function of one value; only functions that take one accept it.</summary>
internal sealed record LambdaNode(string Parameter, ExpressionNode Body) : ExpressionNode
{
    public object? Call(object? value, EvaluationScope scope) =>
        scope.With(Parameter, value, () => Body.Value(scope));

    protected override object? Compute(EvaluationScope scope) =>
        throw new EvaluationException("a lambda stands where a value is wanted");
}

/// <summary><c>[item for a in list if test]</c>, with several names and loops; or a mapping where there is a key.
/// </summary>
internal sealed record ComprehensionNode(
    ExpressionNode? Key, ExpressionNode Item, IReadOnlyList<ComprehensionLoop> Loops) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        var list = new List<object?>();
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        Run(0, scope, () =>
        {
            if (Key is null)
            {
                list.Add(Item.Value(scope));
            }
            else
            {
                map[ValueText.Of(Key.Value(scope))] = Item.Value(scope);
            }
        });
        return Key is null ? list : map;
    }

    private void Run(int level, EvaluationScope scope, Action found)
    {
        if (level == Loops.Count)
        {
            found();
            return;
        }

        var loop = Loops[level];
        foreach (var item in ValueSequences.Items(loop.Items.Value(scope)))
        {
            scope.Spend(1);
            Bind(loop.Names, 0, item, scope, () =>
            {
                if (loop.Tests.All(test => ValueOperators.IsTrue(test.Value(scope))))
                {
                    Run(level + 1, scope, found);
                }
            });
        }
    }

    private static void Bind(
        IReadOnlyList<string> names, int next, object? item, EvaluationScope scope, Action then)
    {
        if (next == names.Count)
        {
            then();
            return;
        }

        var value = item;
        if (names.Count > 1)
        {
            value = item is IReadOnlyList<object?> parts && parts.Count == names.Count
                ? parts[next]
                : throw new EvaluationException($"{ValueText.Kind(item)} does not fall into {names.Count} parts");
        }

        scope.With(names[next], value, () =>
        {
            Bind(names, next + 1, item, scope, then);
            return true;
        });
    }
}

/// <summary>One <c>for</c> of a comprehension.</summary>
internal sealed record ComprehensionLoop(
    IReadOnlyList<string> Names, ExpressionNode Items, IReadOnlyList<ExpressionNode> Tests);

/// <summary>An f-string: its texts and values in turn.</summary>
internal sealed record FormatNode(IReadOnlyList<ExpressionNode> Parts) : ExpressionNode
{
    protected override object? Compute(EvaluationScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            var piece = ValueText.Of(part.Value(scope));
            scope.Spend(piece.Length);
            text.Append(piece);
        }

        return text.ToString();
    }
}
