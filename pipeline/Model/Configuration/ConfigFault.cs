namespace Ops.Model;

/// <summary>Something wrong in a user's document, at its place.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Column, from 1; 0 as above.</param>
/// <param name="Message">What was found, what is allowed, and the nearest name.</param>
/// <param name="Code">The format's own status code (Vitrage's for templates), or 0.</param>
public sealed record ConfigFault(string File, int Line, int Column, string Message, int Code = 0)
{
    /// <summary>Renders <c>file:line:column: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
