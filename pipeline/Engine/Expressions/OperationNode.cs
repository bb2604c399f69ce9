using Ops.Model;

namespace Ops.Pipeline.Expressions;

/// <summary>The signs of arithmetic between two values.</summary>
internal enum ArithmeticSign
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

/// <summary>Arithmetic between two values.</summary>
internal sealed class OperationNode(ArithmeticSign sign, ExpressionNode left, ExpressionNode right) : ExpressionNode
{
    public override ExpressionValue Evaluate(Sample[] samples)
    {
        var a = left.Evaluate(samples);
        var b = right.Evaluate(samples);
        return sign switch
        {
            ArithmeticSign.Add => ExpressionArithmetic.Add(a, b),
            ArithmeticSign.Subtract => ExpressionArithmetic.Subtract(a, b),
            ArithmeticSign.Multiply => ExpressionArithmetic.Multiply(a, b),
            ArithmeticSign.Divide => ExpressionArithmetic.Divide(a, b),
            ArithmeticSign.FloorDivide => ExpressionArithmetic.FloorDivide(a, b),
            ArithmeticSign.Modulo => ExpressionArithmetic.Modulo(a, b),
            _ => ExpressionArithmetic.Power(a, b),
        };
    }
}
