namespace Ops.Rca.Evaluation.Rules;

/// <summary>Why a template cannot be put in force with the others.</summary>
/// <param name="Template">Its name.</param>
/// <param name="Message">What is wrong; of a set that could oscillate the cycle.</param>
public sealed record RuleFault(string Template, string Message);
