using System.Text;
using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>Pushes the newest values to a Pushgateway, in Prometheus's text format.</summary>
/// <remarks>
/// A push replaces the metrics of its group that it names. So where the address says nothing beyond the job, each
/// resource is a group of its own, <c>.../resource_id/ID</c>; with further labels in the address a batch is one push.
/// The gateway takes no timestamps: of several samples of a series the newest is pushed, and the others, which it
/// stands for, count as sent. A push that is refused (4xx) does not keep the others from going.
/// </remarks>
internal sealed class PushgatewayTarget : IPublisherTarget
{
    private readonly HttpDelivery _delivery;
    private readonly Uri _place;
    private readonly bool _isGroupPerResource;
    private readonly ByteText _body = new(4096);
    private readonly Dictionary<string, PushedGroup> _groups = new(StringComparer.Ordinal);

    public PushgatewayTarget(PrometheusTargetOptions options, TimeProvider time)
    {
        _delivery = new HttpDelivery(options.Delivery, time);
        _place = options.Delivery.Place;
        var grouping = _place.AbsolutePath[(_place.AbsolutePath.IndexOf("/metrics/job/", StringComparison.Ordinal)
            + "/metrics/job/".Length)..];
        _isGroupPerResource = !grouping.TrimEnd('/').Contains('/');
    }

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        Group(batch);
        var refused = 0;
        string? problem = null;
        foreach (var (resource, group) in _groups)
        {
            _body.Cut();
            group.Write(_body);
            var place = _isGroupPerResource ? PlaceOf(resource) : _place;
            var answer = await _delivery.PostAsync(place, _body.Memory, cancellationToken).ConfigureAwait(false);
            if (answer.MayPass)
            {
                return answer.Result;
            }

            if (!answer.IsSuccess)
            {
                refused += group.Samples;
                problem = answer.Problem;
            }
        }

        return refused == 0 ? PublishResult.Sent
            : refused == batch.Count ? PublishResult.Refused(problem!)
            : PublishResult.SentBut(refused, problem!);
    }

    public ValueTask DisposeAsync()
    {
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Group(SampleBatch batch)
    {
        _groups.Clear();
        foreach (ref readonly var sample in batch.Items)
        {
            var name = _isGroupPerResource ? sample.Series.ResourceId : "";
            if (!_groups.TryGetValue(name, out var group))
            {
                _groups[name] = group = new PushedGroup();
            }

            group.Add(sample);
        }
    }

    // An empty value or one with a slash cannot stand in the path as it is. Source: Pushgateway's README, "URL".
    private Uri PlaceOf(string resource)
    {
        var plain = resource.Length > 0 && !resource.Contains('/');
        var label = plain
            ? $"resource_id/{Uri.EscapeDataString(resource)}"
            : "resource_id@base64/" + (resource.Length == 0 ? "=" : Base64Url(resource));
        return new Uri($"{_place.AbsoluteUri.TrimEnd('/')}/{label}");
    }

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_');
}
