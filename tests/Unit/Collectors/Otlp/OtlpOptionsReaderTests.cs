using Ops.Collectors.Otlp;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Otlp;

public sealed class OtlpOptionsReaderTests
{
    [Fact]
    public void Operations_are_read_in_order()
    {
        var options = SomeConfig.Read(
            """
            grpc_listen: http://127.0.0.1:4317
            observe: false
            attributes:
              - drop: process.*
              - rename: {service.name: app, host.name: host}
              - set: {site: north}
              - keep: "*"
            """,
            OtlpOptionsReader.Read, out var faults);
        Assert.Empty(faults);
        Assert.Equal(("http://127.0.0.1:4317", false), (options.GrpcListen, options.Observe));
        Assert.Equal(
            [
                new AttributeOperation(AttributeVerb.Drop, "process.*"),
                new AttributeOperation(AttributeVerb.Rename, "service.name", "app"),
                new AttributeOperation(AttributeVerb.Rename, "host.name", "host"),
                new AttributeOperation(AttributeVerb.Set, "site", "north"),
                new AttributeOperation(AttributeVerb.Keep, "*"),
            ],
            options.Attributes);
    }

    [Fact]
    public void Every_fault_is_told()
    {
        SomeConfig.Read(
            "{grpc_listen: 4317, atributes: [], attributes: [{dorp: x}, {drop: a, keep: b}, {set: x}, {drop: ''}]}",
            OtlpOptionsReader.Read, out var faults);
        Assert.Equal(
            [
                "unknown key 'atributes' in otlp; allowed: grpc_listen, attributes, observe. Did you mean "
                + "'attributes'?",
                "'grpc_listen' of otlp must be an address such as http://127.0.0.1:4317, or off, found '4317'",
                "unknown key 'dorp' in an operation of attributes; allowed: keep, drop, rename, set",
                "an operation of attributes must have one key, found 2; allowed: keep, drop, rename, set",
                "'set' of an operation of attributes must be a mapping such as {old: new}, found 'x'",
                "an operation of attributes needs 'drop'",
            ],
            faults);
    }
}
