namespace Ops.Integration.Publishers;

/// <summary>Programs that read what publishers send with the libraries that OpenStack reads it with, and write a line
/// of JSON for each message.</summary>
internal static class Readers
{
    /// <summary>Reads notifications of a topic with oslo.messaging, and checks signatures as Ceilometer does.</summary>
    /// <remarks>Arguments: transport url, exchange, topic, durable (True or False), secret, file.</remarks>
    public const string Oslo = """
        import json, sys
        from oslo_config import cfg
        import oslo_messaging
        from ceilometer.publisher import utils
        url, exchange, topic, durable, secret, path = sys.argv[1:]
        conf = cfg.ConfigOpts()
        conf([])
        transport = oslo_messaging.get_notification_transport(conf, url=url)
        conf.set_override("amqp_durable_queues", durable == "True", group="oslo_messaging_rabbit")
        output = open(path, "a")
        class Endpoint:
            def sample(self, ctxt, publisher_id, event_type, payload, metadata):
                for one in payload:
                    one["verified"] = utils.verify_signature(one, secret)
                output.write(json.dumps({"publisher_id": publisher_id, "event_type": event_type,
                    "payload": payload, "timestamp": metadata["timestamp"]}) + "\n")
                output.flush()
        target = oslo_messaging.Target(exchange=exchange, topic=topic)
        listener = oslo_messaging.get_notification_listener(transport, [target], [Endpoint()], executor="threading")
        listener.start()
        listener.wait()
        """;

    /// <summary>Reads datagrams with msgpack, and checks signatures as Ceilometer does.</summary>
    /// <remarks>Arguments: port, secret, file.</remarks>
    public const string Udp = """
        import json, socket, sys
        import msgpack
        from ceilometer.publisher import utils
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", int(sys.argv[1])))
        output = open(sys.argv[3], "a")
        output.write("{}\n")
        output.flush()
        while True:
            one = msgpack.loads(server.recv(65536), raw=False)
            one["verified"] = utils.verify_signature(one, sys.argv[2])
            output.write(json.dumps(one) + "\n")
            output.flush()
        """;

    /// <summary>Reads messages after their lengths over TCP with msgpack, and checks signatures as Ceilometer
    /// does.</summary>
    /// <remarks>Arguments: port, secret, file.</remarks>
    public const string Tcp = """
        import json, socket, sys
        import msgpack
        from ceilometer.publisher import utils
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", int(sys.argv[1])))
        server.listen()
        output = open(sys.argv[3], "a")
        output.write("{}\n")
        output.flush()
        while True:
            link, _ = server.accept()
            stream = link.makefile("rb")
            while True:
                head = stream.read(8)
                if len(head) < 8:
                    break
                one = msgpack.loads(stream.read(int.from_bytes(head, "little")), raw=False)
                one["verified"] = utils.verify_signature(one, sys.argv[2])
                output.write(json.dumps(one) + "\n")
                output.flush()
        """;
}
