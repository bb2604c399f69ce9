using System.Text.Encodings.Web;
using System.Text.Json;
using Ops.Server.Api.Json;

namespace Ops.Server.Api;

/// <summary>
/// How answers are written: names in snake_case, times as ISO 8601 in UTC, numbers that are none as null.
/// </summary>
public static class ApiJson
{
    /// <summary>The options of every answer.</summary>
    public static readonly JsonSerializerOptions Options = Configure(
        new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Gives those options the same ways.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 256;
        options.Converters.Add(new IsoTimeConverter());
        options.Converters.Add(new FiniteNumberConverter());
        options.Converters.Add(new EntityConverter());
        return options;
    }
}
