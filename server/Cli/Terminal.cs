using Spectre.Console;

namespace Ops.Server.Cli;

/// <summary>Where verbs write: plain text for programs, tables and trees for people.</summary>
/// <param name="output">Takes answers.</param>
/// <param name="error">Takes messages.</param>
/// <param name="isTerminal">Whether a person looks at the output: colours and lines of his width.</param>
public sealed class Terminal(TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>Width of tables where nobody looks, so that lines do not break in a pipe.</summary>
    private const int PipeWidth = 400;

    private readonly Lazy<IAnsiConsole> _console = new(() => Open(output, isTerminal));

    /// <summary>Takes answers.</summary>
    public TextWriter Output => output;

    /// <summary>Takes messages.</summary>
    public TextWriter Error => error;

    /// <summary>Draws tables and trees onto the output.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>
    /// The text without control characters (an entity's name may hold an escape sequence), as Spectre takes it.
    /// </summary>
    public static string Plain(string? text) => Markup.Escape(Printable(text));

    /// <summary>The text without control characters, on one line.</summary>
    public static string Printable(string? text) =>
        string.Concat((text ?? "").Select(c => c is '\n' or '\r' or '\t' ? ' ' : char.IsControl(c) ? '\uFFFD' : c));

    private static IAnsiConsole Open(TextWriter output, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
