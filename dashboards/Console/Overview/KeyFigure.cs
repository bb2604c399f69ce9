using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Overview;

/// <summary>A figure that tells at a glance how the machine fares.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value for people; a dash while it is not known.</param>
/// <param name="Detail">One phrase more.</param>
/// <param name="Severity">Whether it is worrying.</param>
/// <param name="Link">Where to read on, relative to the console.</param>
/// <param name="Trend">Its last hour, oldest first; may be empty.</param>
public sealed record KeyFigure(
    string Label, string Value, string Detail, Severity Severity, string Link, IReadOnlyList<PointView> Trend);
