using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ops.Model;

namespace Ops.Rca.Templates;

/// <summary>What validation says of one file; <c>ops template validate</c> prints it as one line.</summary>
public sealed record TemplateValidation
{
    /// <summary>The status word of a right template.</summary>
    public const string OkStatus = "validation OK";

    /// <summary>The status word of a wrong one.</summary>
    public const string FailedStatus = "validation failed";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>
    /// All faults, in the order in which Vitrage makes its checks; empty where the template is right.
    /// </summary>
    public required ImmutableArray<ConfigFault> Errors { get; init; }

    /// <summary>What is odd but loads; not part of the line.</summary>
    public ImmutableArray<ConfigFault> Warnings { get; init; } = [];

    /// <summary>Whether there are no faults.</summary>
    public bool IsOk => Errors.IsEmpty;

    /// <summary><see cref="OkStatus"/> or <see cref="FailedStatus"/>.</summary>
    public string Status => IsOk ? OkStatus : FailedStatus;

    /// <summary>The code of the first fault, see <see cref="TemplateStatus"/>; 0 where there is none.</summary>
    public int Code => IsOk ? TemplateStatus.Ok : Errors[0].Code;

    /// <summary>The message of the first fault.</summary>
    public string Message => IsOk ? "Template validation is OK" : Errors[0].Message;

    /// <summary>The line of the first fault, from 1; 0 where there is none.</summary>
    public int Line => IsOk ? 0 : Errors[0].Line;

    /// <summary>The column of the first fault, from 1; 0 where there is none.</summary>
    public int Column => IsOk ? 0 : Errors[0].Column;

    /// <summary>Renders the result as one line of JSON.</summary>
    /// <remarks>
    /// <c>{"file","status","code","message","line","column","errors":[{"line","column","code","message"}]}</c>
    /// </remarks>
    public string ToJsonLine()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("file", File);
            writer.WriteString("status", Status);
            writer.WriteNumber("code", Code);
            writer.WriteString("message", Message);
            writer.WriteNumber("line", Line);
            writer.WriteNumber("column", Column);
            writer.WriteStartArray("errors");
            foreach (var error in Errors)
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", error.Line);
                writer.WriteNumber("column", error.Column);
                writer.WriteNumber("code", error.Code);
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
