using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Strata;

/// <summary>Refuses template sets that could oscillate, or that the evaluator cannot run.</summary>
public static class OscillationCheck
{
    /// <summary>The check for <see cref="TemplateSetReader"/>; state values tell which state outdoes which.</summary>
    public static TemplateSetCheck With(StateValueSet values) => templates =>
    [
        .. Reasoner.Check(templates, values).Select(fault => new TemplateSetFault(fault.Template, fault.Message)),
    ];
}
