using Ops.Server.Api.Security;
using Ops.Server.Wiring;
using Xunit;

namespace Ops.Unit.Server.Wiring;

public sealed class AddressInUseTests
{
    [Theory]
    [InlineData(
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080: another program listens there already; give another address with --listen")]
    [InlineData(
        "http://127.0.0.1:4317",
        "http://127.0.0.1:4317: another program listens there already; give another address as grpc_listen of otlp in "
        + "ops.yaml")]
    [InlineData(
        "something",
        "http://127.0.0.1:8080: another program listens there already; give another address with --listen")]
    public void The_address_that_is_taken_is_named(string taken, string message) => Assert.Equal(
        message,
        AddressInUse.Describe(
            [ListenAddress.Parse("http://127.0.0.1:8080", out _)!],
            "http://127.0.0.1:4317",
            new IOException($"Failed to bind to address {taken}: address already in use.")));
}
