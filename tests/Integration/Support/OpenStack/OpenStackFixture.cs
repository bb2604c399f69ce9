[assembly: AssemblyFixture(typeof(Ops.Integration.Support.OpenStackFixture))]

namespace Ops.Integration.Support;

/// <summary>The one cloud of all tests: started when the first asks for it, stopped after the last.</summary>
public sealed class OpenStackFixture : IAsyncDisposable
{
    private readonly Lazy<Task<OpenStackCloud>> _cloud = new(OpenStackCloud.StartAsync);

    public Task<OpenStackCloud> CloudAsync() => _cloud.Value;

    public async ValueTask DisposeAsync()
    {
        if (_cloud is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _cloud.Value).DisposeAsync();
        }
    }
}
