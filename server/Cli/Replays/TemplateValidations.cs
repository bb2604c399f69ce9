using Ops.Rca.Evaluation.Strata;
using Ops.Rca.Templates;

namespace Ops.Server.Cli.Replays;

/// <summary>Does the work of <c>ops template validate</c>.</summary>
/// <param name="programFolder">Where the program lies; its <c>etc</c> holds the built-in state values.</param>
public sealed class TemplateValidations(string programFolder)
{
    /// <summary>Prints one line a file; 1 where one is faulty.</summary>
    public async Task<int> RunAsync(TemplateValidateRequest request, CancellationToken cancellationToken)
    {
        var parameters = TemplateFiles.Parameters(request.ParametersFile);
        var check = OscillationCheck.With(StateValueFiles.Read(programFolder, null));
        var set = TemplateSetReader.Read([.. request.Files.Select(TemplateFiles.Read)], parameters, check);
        foreach (var file in set.Files)
        {
            await request.Output.WriteLineAsync(file.ToJsonLine());
        }

        return set.Files.All(file => file.IsOk) ? 0 : 1;
    }
}
