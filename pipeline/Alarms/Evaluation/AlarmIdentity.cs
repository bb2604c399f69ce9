using System.Security.Cryptography;
using System.Text;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>What one alarm of a rule is about: a series, or a group of them.</summary>
/// <param name="Id">16 hexadecimal digits that stay the same over restarts.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Meter">The meter; for a group the rule's own word.</param>
/// <param name="ResourceId">
/// The resource's id; of a group the value of <c>by</c>, or <c>name=value</c> pairs where there are several.
/// </param>
/// <param name="Dimensions">The series' dimensions, or the group's values of <c>by</c>.</param>
/// <param name="IsGroup">Whether it is a group.</param>
internal sealed record AlarmIdentity(
    string Id, string Rule, string Meter, string ResourceId, Tags Dimensions, bool IsGroup)
{
    /// <summary>
    /// The identity of the alarm that the series belongs to; null where it lacks an attribute of <c>by</c>.
    /// </summary>
    public static AlarmIdentity? Of(RuleInForce inForce, Series series, SampleContext context)
    {
        var rule = inForce.Rule;
        if (rule.By.Count == 0)
        {
            var meter = inForce.MeterIsPattern ? series.Meter : "";
            var id = Hash(rule.Name, series.ResourceId, series.Dimensions.ToString(), meter, series.Database ?? "");
            return new AlarmIdentity(id, rule.Name, series.Meter, series.ResourceId, series.Dimensions, false);
        }

        var values = new (string Name, string Value)[rule.By.Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (SeriesAttributes.Value(rule.By[index], series, context) is not { } value)
            {
                return null;
            }

            values[index] = (rule.By[index], value);
        }

        var group = Tags.Of(values);
        var name = values.Length == 1 ? values[0].Value : group.ToString();
        return new AlarmIdentity(Hash(rule.Name, "by", group.ToString()), rule.Name, rule.Meter, name, group, true);
    }

    private static string Hash(params ReadOnlySpan<string> parts)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\0', parts));
        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    }
}
