using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Collects the faults of one template file with their status codes; bounded.</summary>
internal sealed class TemplateFaults
{
    private readonly List<ConfigFault> _faults = [];
    private readonly List<ConfigFault> _warnings = [];

    public IReadOnlyList<ConfigFault> All => _faults;

    public IReadOnlyList<ConfigFault> Warnings => _warnings;

    public bool None => _faults.Count == 0;

    /// <summary>How many were reported, also those past the limit.</summary>
    public int Count { get; private set; }

    public void Add(ConfigNode at, int code, string message) => Add(at.File, at.Line, at.Column, code, message);

    public void Add(string file, int line, int column, int code, string message)
    {
        Count++;
        if (_faults.Count < TemplateLimits.FaultsMax)
        {
            _faults.Add(new ConfigFault(file, line, column, message, code));
        }
    }

    /// <summary>Reports a name that is none of the allowed ones, with the nearest that is.</summary>
    public void AddUnknown(ConfigNode at, int code, string message, string name, IReadOnlyCollection<string> allowed)
    {
        Add(at, code, message + Hint(name, allowed));
    }

    public string Hint(string name, IReadOnlyCollection<string> allowed) =>
        _faults.Count < TemplateLimits.HintsMax && name.Length <= 200 && allowed.Count <= 1000
            ? NearestName.Hint(name, allowed)
            : "";

    public void Warn(ConfigNode at, string message)
    {
        if (_warnings.Count < TemplateLimits.FaultsMax)
        {
            _warnings.Add(new ConfigFault(at.File, at.Line, at.Column, message));
        }
    }
}
