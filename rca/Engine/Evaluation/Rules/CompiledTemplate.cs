using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Rules;

/// <summary>A template in force.</summary>
internal sealed record CompiledTemplate(Template Source, CompiledClause[] Clauses);
