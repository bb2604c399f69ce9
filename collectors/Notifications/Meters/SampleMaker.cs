using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>Checks what notifications tell, and makes samples of it; what is left out is counted with its reason.
/// </summary>
internal sealed class SampleMaker(SeriesCatalog catalog, NotificationTally tally)
{
    /// <summary>The longest name of a meter, a unit or a resource.</summary>
    public const int TextCharsMax = 1024;

    /// <summary>Makes a sample.</summary>
    /// <param name="told">What the notification tells.</param>
    /// <param name="at">When the notification was sent, which holds where the sample has no time.</param>
    /// <param name="sample">The sample.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryMake(NotifiedSample told, DateTimeOffset at, out Sample sample)
    {
        sample = default;
        if (Text(told[SampleField.Name]) is not { Length: > 0 and <= TextCharsMax } name)
        {
            return Drop("samples without a name");
        }

        if (!MeterKinds.TryParse(Text(told[SampleField.Type]), out var kind))
        {
            return Drop($"samples of '{name}' of unknown type");
        }

        if (Text(told[SampleField.ResourceId]) is not { Length: > 0 and <= TextCharsMax } resource)
        {
            return Drop($"samples of '{name}' without a resource");
        }

        if (Volume(told[SampleField.Volume]) is not { } volume)
        {
            return Drop($"samples of '{name}' whose volume is not a number");
        }

        var time = at;
        if (!JsonMetadata.IsFalsy(told[SampleField.Timestamp])
            && !IsoTime.TryParse(Text(told[SampleField.Timestamp]), out time))
        {
            return Drop($"samples of '{name}' whose time cannot be read");
        }

        var context = new SampleContext
        {
            Kind = kind,
            Unit = Text(told[SampleField.Unit]) ?? "",
            ProjectId = Text(told[SampleField.ProjectId]),
            UserId = Text(told[SampleField.UserId]),
            Source = told.Source ?? SampleContext.Plain.Source,
            Metadata = told.Metadata,
        };
        sample = new Sample(catalog.Intern(name, resource), context, time.ToUnixNs(), volume, told.MonotonicSeconds);
        return true;
    }

    private static double? Volume(JsonElement? value)
    {
        double? volume = value switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var read) => read,
            { ValueKind: JsonValueKind.True } => 1,
            { ValueKind: JsonValueKind.False } => 0,
            { ValueKind: JsonValueKind.String } text when double.TryParse(
                text.GetString()!.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return volume is { } known && double.IsFinite(known) ? known : null;
    }

    private static string? Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => PythonText.Of(other),
    };

    private bool Drop(string reason)
    {
        tally.Drop(reason);
        return false;
    }
}
