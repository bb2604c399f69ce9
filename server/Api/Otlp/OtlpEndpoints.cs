using Ops.Collectors.Otlp;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Otlp;

/// <summary>Takes OTLP over HTTP, in protobuf and JSON, and over gRPC.</summary>
/// <remarks>Source: OTLP specification 1.x, "OTLP/HTTP" and "OTLP/gRPC".</remarks>
public static class OtlpEndpoints
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    /// <summary>Maps <c>/v1/metrics</c>, <c>/v1/logs</c> and the two services of gRPC.</summary>
    public static IEndpointRouteBuilder MapOtlp(this IEndpointRouteBuilder root, OtlpReceiver receiver)
    {
        root.MapPost("/v1/metrics", Http(receiver, OtlpSignal.Metrics))
            .Describe("Takes metrics of OpenTelemetry, in protobuf or JSON, plain or gzip");
        root.MapPost("/v1/logs", Http(receiver, OtlpSignal.Logs))
            .Describe("Takes log records of OpenTelemetry as events, in protobuf or JSON, plain or gzip");
        root.MapPost(
                "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Grpc(receiver, OtlpSignal.Metrics))
            .Describe("Takes metrics of OpenTelemetry over gRPC");
        root.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", Grpc(receiver, OtlpSignal.Logs))
            .Describe("Takes log records of OpenTelemetry over gRPC");
        return root;
    }

    private static void Describe(this RouteHandlerBuilder endpoint, string how) => endpoint
        .WithMetadata(new RequiredRole(ApiRole.Operator))
        .WithTags("otlp")
        .WithSummary(how);

    private static Delegate Http(OtlpReceiver receiver, OtlpSignal signal) =>
        (HttpContext context) => PostAsync(context, receiver, signal);

    private static Delegate Grpc(OtlpReceiver receiver, OtlpSignal signal) =>
        (HttpContext context) => OtlpGrpc.ExportAsync(context, receiver, signal);

    private static async Task PostAsync(HttpContext context, OtlpReceiver receiver, OtlpSignal signal)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        var isJson = string.Equals(type, Json, StringComparison.OrdinalIgnoreCase);
        if (!isJson && !string.Equals(type, Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            await FailAsync(context, 415, $"OTLP comes as {Protobuf} or {Json}, found '{context.Request.ContentType}'",
                isJson: false);
            return;
        }

        OtlpResult result;
        try
        {
            await using var sent = RequestBody.Open(context, receiver.BodyBytesMax);
            using var body = await PooledBody.ReadAsync(sent, context.RequestAborted);
            result = await receiver.TakeAsync(body.Bytes, signal, isJson, context.RequestAborted);
        }
        catch (BadHttpRequestException refusal)
        {
            await FailAsync(context, refusal.StatusCode, refusal.Message, isJson);
            return;
        }
        catch (InvalidDataException)
        {
            await FailAsync(context, 400, "gzip: invalid header or body", isJson);
            return;
        }

        if (result.IsMalformed)
        {
            await FailAsync(context, 400, result.Message!, isJson);
            return;
        }

        await WriteAsync(context, 200, OtlpAnswer.Taken(result, signal, isJson), isJson);
    }

    private static Task FailAsync(HttpContext context, int status, string message, bool isJson) =>
        WriteAsync(context, status, OtlpAnswer.Failed(
            status == 413 ? OtlpGrpc.ResourceExhausted : OtlpGrpc.InvalidArgument, message, isJson), isJson);

    private static async Task WriteAsync(HttpContext context, int status, byte[] body, bool isJson)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = isJson ? Json : Protobuf;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
