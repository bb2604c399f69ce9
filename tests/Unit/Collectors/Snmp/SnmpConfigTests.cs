using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class SnmpConfigTests
{
    [Fact]
    public void All_options_read()
    {
        var options = Read(
            """
            timeout: 500ms
            retries: 1
            backoff_max: 10m
            max_repetitions: 30
            rows_max: 500
            credentials:
              lab: {community: private}
              core: {user: ann, auth: sha512, auth_password: authpass1, priv: aes256c, priv_password: privpass1}
            targets:
              - snmp://10.0.0.5?credential=core
              - 10.0.0.6
            """, out var faults);
        Assert.Empty(faults);
        Assert.Equal(
            (TimeSpan.FromMilliseconds(500), 1, TimeSpan.FromMinutes(10), 30, 500),
            (options.Timeout, options.Retries, options.BackoffMax, options.MaxRepetitions, options.RowsMax));
        Assert.Equal(["snmp://10.0.0.5", "snmp://10.0.0.6"], options.Targets.Select(target => target.Url));
        Assert.Equal(SnmpPrivProtocol.Aes256Cisco, options.Targets[0].Credential.Priv);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Read(
            """
            timeot: 1s
            retries: 11
            credentials:
              a: {user: ann, priv: aes, priv_password: short}
              b: {}
            targets: [snmp://h?credential=c]
            """, out var faults);
        Assert.Equal(
            [
                "snmp.yaml:1:1: unknown key 'timeot' in snmp; allowed: timeout, retries, backoff_max, max_repetitions, "
                + "rows_max, credentials, targets. Did you mean 'timeout'?",
                "snmp.yaml:2:10: 'retries' of snmp must be a whole number from 0 to 10, found '11'",
                "snmp.yaml:4:6: snmp.credentials.a: 'priv' needs 'auth': what is encrypted must be signed",
                "snmp.yaml:4:6: snmp.credentials.a: 'priv_password' must have at least 8 characters",
                "snmp.yaml:5:6: snmp.credentials.b needs 'community'",
                "snmp.yaml:6:11: 'snmp://h': unknown credential 'c'; there are: a, b. Did you mean 'a'?",
            ],
            faults);
    }

    [Fact]
    public void All_trap_options_read()
    {
        var faults = new ConfigFaults();
        var options = SnmpTrapOptionsReader.Read(YamlReader.Read(
            """
            listen: 127.0.0.1:1162
            communities: [public]
            users: [{user: ann, auth: sha, auth_password: authpass1}]
            allow: [10.0.0.0/8, 192.168.1.7]
            rate_max: 5
            engine_id: 0x8000000001020304
            names: {1.3.6.1.4.1.9.9.13.3.0.3: temperatureHigh}
            rules:
              - {trap: temperatureHigh, when: {level: "2"}, alarm: hot, severity: CRITICAL}
              - {trap: linkDown, entity: interface, state: DOWN}
            """, "t.yaml", faults), faults);
        Assert.Empty(faults.All);
        Assert.Equal((1162, "public", "ann", 5), (
            options.Listen.Port, options.Communities[0], options.Users[0].User, options.RateMax));
        Assert.True(options.Allow[1].Contains(System.Net.IPAddress.Parse("192.168.1.7")));
        Assert.Equal("8000000001020304", Convert.ToHexString(options.EngineId));
        Assert.Equal(("hot", "CRITICAL", false), (
            options.Rules[0].Alarm, options.Rules[0].Severity, options.Rules[0].OfInterface));
        Assert.True(options.Rules[1].OfInterface);
    }

    [Fact]
    public void Faults_of_trap_options_are_told_at_their_places()
    {
        var faults = new ConfigFaults();
        SnmpTrapOptionsReader.Read(YamlReader.Read(
            """
            listen: nowhere
            allow: [10.0.0.0/99]
            engine_id: 12zz
            names: {cold: x}
            rules: [{trap: linkDown, entity: port}]
            """, "t.yaml", faults), faults);
        Assert.Equal(
            [
                "t.yaml:1:9: 'listen' of snmp_traps must be an address with a port such as 0.0.0.0:162, found "
                + "'nowhere'",
                "t.yaml:2:9: 'allow' of snmp_traps must hold networks such as 10.0.0.0/8, found '10.0.0.0/99'",
                "t.yaml:3:12: 'engine_id' of snmp_traps must be 5 to 32 octets in hex, found '12zz'",
                "t.yaml:4:15: 'names' of snmp_traps must have keys such as 1.3.6.1.4.1.9, found 'cold'",
                "t.yaml:5:34: 'entity' of a rule of snmp_traps must be one of host, interface, found 'port'",
                "t.yaml:5:9: a rule of snmp_traps needs 'state' or 'alarm'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Declared_meters_with_faults_are_told_at_their_places()
    {
        var faults = new ConfigFaults();
        var meters = SnmpMetersReader.Read(YamlReader.Read(
            """
            meters:
              - {name: a, type: gage, oid: 1.3.6.1.4.1.9.0}
              - {name: b, type: gauge}
              - {name: c, type: gauge, oid: one}
              - {name: d, type: gauge, oids: {used: 1.3.6.1}, value: usd * 2}
              - {name: e, type: gauge, column: 1.3.6.1, resource: nme, metadata: {name: 1.3.6.2}}
              - {name: f, type: gauge, oid: 1.3.6.1, metadata: {name: 1.3.6.2}}
              - {name: g, type: gauge, oid: 1.3.6.1}
              - {name: g, type: gauge, oid: 1.3.6.1}
            """, "m.yaml", faults), faults);
        Assert.Equal(["g"], meters.Select(meter => meter.Name));
        Assert.Equal(
            [
                "m.yaml:2:21: 'type' of an SNMP meter must be one of gauge, delta, cumulative, found 'gage'. "
                + "Did you mean 'gauge'?",
                "m.yaml:3:5: an SNMP meter needs one of oid, column, oids, columns, found none",
                "m.yaml:4:33: 'oid' of an SNMP meter must be numbers such as 1.3.6.1.2.1.1.3.0, found 'one'",
                "m.yaml:5:58: 'value' of an SNMP meter names 'usd'; there are: used. Did you mean 'used'?",
                "m.yaml:6:55: 'resource' of an SNMP meter must be index or one of its metadata, found 'nme'. "
                + "Did you mean 'name'?",
                "m.yaml:7:52: metadata of an SNMP meter are columns, so it needs 'column' or 'columns'",
                "m.yaml:9:5: meter 'g' is declared twice",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static SnmpOptions Read(string yaml, out IEnumerable<string> told)
    {
        var faults = new ConfigFaults();
        var options = SnmpOptionsReader.Read(YamlReader.Read(yaml, "snmp.yaml", faults), faults);
        told = faults.All.Select(fault => fault.ToString());
        return options;
    }
}
