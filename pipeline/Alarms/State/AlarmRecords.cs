using System.Text.Json;
using Ops.Alarms.Evaluation;
using Ops.Model;

namespace Ops.Alarms.State;

/// <summary>Alarms as documents of the state store, area <c>alarms</c>, by alarm id.</summary>
internal static class AlarmRecords
{
    public const string Area = "alarms";

    public static StateChange Kept(Watch watch)
    {
        var record = new AlarmRecord
        {
            Rule = watch.Identity.Rule,
            Meter = watch.Identity.Meter,
            ResourceId = watch.Identity.ResourceId,
            ResourceType = watch.ResourceType,
            ResourceName = watch.ResourceName,
            Dimensions = watch.Identity.Dimensions.ToDictionary(),
            IsGroup = watch.Identity.IsGroup,
            Severity = watch.Rule.Rule.Severity,
            State = watch.State.Word(),
            SinceNs = watch.SinceNs,
            Reason = watch.Reason,
            Value = watch.Value,
            Unit = watch.Unit,
        };
        return new StateChange(
            Area, watch.Identity.Id, JsonSerializer.SerializeToUtf8Bytes(record, AlarmRecordJson.Default.AlarmRecord));
    }

    public static StateChange Removed(string id) => new(Area, id, null);

    /// <summary>The record in a document, or null where it cannot be read.</summary>
    public static AlarmRecord? Read(byte[] document)
    {
        try
        {
            return JsonSerializer.Deserialize(document, AlarmRecordJson.Default.AlarmRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The state of that word; insufficient data for an unknown one.</summary>
    public static AlarmState State(string word) => word switch
    {
        "ok" => AlarmState.Ok,
        "alarm" => AlarmState.Alarm,
        _ => AlarmState.InsufficientData,
    };
}
