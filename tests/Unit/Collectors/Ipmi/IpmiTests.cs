using CsCheck;
using Ops.Collectors.Ipmi;
using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Ipmi;

public class IpmiTests
{
    // After an answer of ipmitool 1.8.19 over ipmi_sim 2.0.33; a sensor without a reading, two states and the value of
    // the 12 V rail are set by hand.
    private const string Sdr =
        """
        Loading IANA PEN Registry...
        Discovered IPMB address 0x0
        Sensor ID              : CPU Temp (0x1)
         Entity ID             : 7.1 (System Board)
         Sensor Type (Threshold)  : Temperature (0x01)
         Sensor Reading        : 42 (+/- 0) degrees C
         Status                : ok
         Nominal Reading       : 32.000

        Sensor ID              : FAN 1 (0x2)
         Sensor Type (Threshold)  : Fan (0x04)
         Sensor Reading        : 5000 (+/- 0) RPM
         Status                : Lower Non-Critical

        Sensor ID              : 12V (0x3)
         Sensor Type (Threshold)  : Voltage (0x02)
         Sensor Reading        : 12.060 (+/- 0) Volts
         Status                : ok

        Sensor ID              : PSU Power (0x4)
         Sensor Type (Threshold)  : Current (0x03)
         Sensor Reading        : 120 (+/- 0) Watts
         Status                : Upper Critical

        Sensor ID              : FAN 2 (0x6)
         Sensor Type (Threshold)  : Fan (0x04)
         Sensor Reading        : Disabled
         Status                : Not Available
        """;

    private const string IntelDevice = " 23 03 09 08 02 9f 57 01 00 02 0f 00 00 00 00\n";

    private static readonly PollResource Node = new("ipmi://n1", new IpmiTarget { Name = "n1", Host = "10.0.0.9" });

    [Fact]
    public async Task Sensors_are_samples_with_Ceilometers_names_and_ids()
    {
        var tool = new FakeTool { ["-v sdr"] = Sdr };
        var found = await PollAsync(tool, "hardware.ipmi.[ftcv]*");
        Assert.Equal(
            [
                ("hardware.ipmi.fan", "n1-fan_1_(0x2)", 5000.0, "RPM"),
                ("hardware.ipmi.temperature", "n1-cpu_temp_(0x1)", 42.0, "C"),
                ("hardware.ipmi.current", "n1-psu_power_(0x4)", 120.0, "W"),
                ("hardware.ipmi.voltage", "n1-12v_(0x3)", 12.06, "V"),
            ],
            found.Samples.Select(sample => (sample.Meter, sample.ResourceId, sample.Volume, sample.Unit)));
        Assert.Single(tool.Commands);
        Assert.Equal("n1", found.Samples[0].Metadata["node"]);
    }

    [Fact]
    public async Task A_node_is_an_entity_with_its_worst_sensors_state()
    {
        var tool = new FakeTool { ["-v sdr"] = Sdr, ["chassis power status"] = "Chassis Power is on\n" };
        var seen = (await PollAsync(tool, "entities.ipmi")).Observations;
        Assert.Equal(
            ["OK", "WARNING", "OK", "CRITICAL", "UNKNOWN", "CRITICAL"], seen.Select(one => one.State));
        Assert.Equal("ipmi.node:n1", seen[^1].Entity.ToString());
        Assert.Equal("on", seen[^1].Properties["power"]);
        Assert.Equal(5, seen[^1].Relations.Count);
    }

    [Fact]
    public async Task Node_Manager_gives_the_meters_of_the_node()
    {
        // Octets made by hand to the documented layout: 220 W, 23 C, 31 C, 190 CFM, CUPS 46, use 51, 5 and 1 %.
        var tool = new FakeTool
        {
            ["raw 0x06 0x01"] = IntelDevice,
            [Bridged("0x2e 0xc8 0x57 0x01 0x00 0x01 0x00 0x01 0x00 0x00")] = Statistics("dc 00"),
            [Bridged("0x2e 0xc8 0x57 0x01 0x00 0x01 0x00 0x02 0x00 0x00")] = Statistics("17 00"),
            [Bridged("0x2e 0xc8 0x57 0x01 0x00 0x01 0x00 0x05 0x00 0x00")] = Statistics("1f 00"),
            [Bridged("0x2e 0xc8 0x57 0x01 0x00 0x01 0x00 0x04 0x00 0x00")] = Statistics("be 00"),
            [Bridged("0x2e 0x65 0x57 0x01 0x00 0x00 0x01")] = " 57 01 00 2e 00\n",
            [Bridged("0x2e 0x65 0x57 0x01 0x00 0x00 0x05")] =
                " 57 01 00 33 00 00 00 00 00 00 00 05 00 00 00 00\n 00 00 00 01 00 00 00 00 00 00 00\n",
        };
        var found = await PollAsync(tool, "hardware.ipmi.node.*");
        Assert.Equal(
            [
                "power 220 W", "temperature 23 C", "inlet_temperature 23 C", "outlet_temperature 31 C",
                "airflow 190 CFM", "cups 46 CUPS", "cpu_util 51 %", "mem_util 5 %", "io_util 1 %",
            ],
            found.Samples.Select(one => $"{one.Meter["hardware.ipmi.node.".Length..]} {one.Volume} {one.Unit}"));
    }

    [Fact]
    public async Task Without_Node_Manager_DCMI_tells_the_power()
    {
        var tool = new FakeTool
        {
            ["raw 0x06 0x01"] = " 23 03 09 08 02 9f a2 02 00 02 0f\n",
            ["dcmi power reading"] = "\n    Instantaneous power reading:                   136 Watts\n    Minimum: 5\n",
        };
        var sample = Assert.Single((await PollAsync(tool, "hardware.ipmi.node.*")).Samples);
        Assert.Equal(("hardware.ipmi.node.power", 136.0, "n1"), (sample.Meter, sample.Volume, sample.ResourceId));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_unreachable_and_told_once()
    {
        var round = new PollRound(default);
        var told = new List<string>();
        foreach (var pollster in IpmiPollsters.All(new IpmiOptions(), new FakeTool()))
        {
            try
            {
                await pollster.PollAsync(round, [Node], default);
            }
            catch (IpmiPollException fault)
            {
                told.Add(fault.Message);
            }
        }

        Assert.Equal(["ipmi://10.0.0.9: Unable to establish session"], told);
        Assert.Equal("UNREACHABLE", Assert.Single(round.Take().Observations).State);
    }

    [Fact]
    public async Task A_resource_that_no_target_has_is_never_asked_again()
    {
        var round = new PollRound(default);
        var options = new IpmiOptions { Targets = [new IpmiTarget { Name = "node1", Host = "h" }] };
        var wrong = new PollResource("node2");
        var fault = await Assert.ThrowsAsync<IpmiPollException>(
            () => IpmiPollsters.All(options, new FakeTool())[0].PollAsync(round, [wrong], default));
        Assert.Equal("'node2' is no target of ipmi; there are: local, node1. Did you mean 'node1'?", fault.Message);
        Assert.Equal([wrong], round.Take().Failed);
    }

    [Fact]
    public async Task An_address_of_snmp_is_left_to_snmp()
    {
        var round = new PollRound(default);
        await IpmiPollsters.All(new IpmiOptions(), new FakeTool())[0]
            .PollAsync(round, [new PollResource("snmp://10.0.0.5")], default);
        var findings = round.Take();
        Assert.Empty(findings.Failed);
        Assert.Empty(findings.Samples);
    }

    [Fact]
    public void A_password_is_in_no_argument()
    {
        var target = new IpmiTarget
        {
            Name = "n", Host = "10.0.0.9", Port = 6230, User = "ops", Password = "secret", CipherSuite = 17,
            Privilege = "USER",
        };
        Assert.Equal("-I lanplus -H 10.0.0.9 -p 6230 -U ops -E -C 17 -L USER",
            string.Join(' ', IpmiTool.Arguments(target)));
        Assert.Equal("-I open", string.Join(' ', IpmiTool.Arguments(new IpmiTarget { Name = "n" })));
        Assert.DoesNotContain("secret", target.ToString());
    }

    [Fact]
    public void All_options_read()
    {
        var options = Read(
            """
            program: /opt/ipmitool
            timeout: 10s
            node_manager_channel: 0
            node_manager_slave: 32
            targets:
              - local
              - {host: 10.0.0.9, name: n9, user: ops, password: secret, cipher_suite: 3, privilege: user, port: 6230}
            """, out var faults);
        Assert.Empty(faults);
        Assert.Equal(("/opt/ipmitool", 10.0, 0, 32), (
            options.Program, options.Timeout.TotalSeconds, options.NodeManagerChannel, options.NodeManagerSlave));
        Assert.Equal(["ipmi://local", "ipmi://10.0.0.9:6230"], options.Targets.Select(target => target.Url));
        Assert.Equal("USER", options.Targets[1].Privilege);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Read(
            """
            timeout: 10m
            targets:
              - {name: a, hos: x}
              - {host: --help, cipher_suite: 18}
              - 5
            """, out var faults);
        Assert.Equal(
            [
                "i.yaml:1:10: 'timeout' of ipmi must be from 1s to 5m, found '10m'",
                "i.yaml:3:15: unknown key 'hos' in a target of ipmi; allowed: name, host, port, user, password, "
                + "cipher_suite, privilege. Did you mean 'host'?",
                "i.yaml:3:5: a target of ipmi needs 'host'",
                "i.yaml:4:12: 'host' of a target of ipmi must be a name or an address, found '--help'",
                "i.yaml:4:34: 'cipher_suite' of a target of ipmi must be a whole number from 0 to 17, found '18'",
                "i.yaml:5:5: a target of ipmi must be local or a mapping with 'host', found '5'",
            ],
            faults);
    }

    [Fact]
    public void Output_of_any_kind_is_read()
    {
        Gen.Select(Gen.Int[0, Sdr.Length - 1], Gen.Char, Gen.Int[0, Sdr.Length]).Sample(change =>
        {
            var text = Sdr.ToCharArray();
            text[change.Item1] = change.Item2;
            var sensors = SensorText.Parse(new string(text, 0, change.Item3));
            return sensors.Count <= SensorText.SensorsMax
                && sensors.All(sensor => sensor.Value is null || double.IsFinite(sensor.Value.Value));
        }, iter: 3000);
        Gen.String.Sample(text => IntelNode.Octets(text).Length <= 256 && IntelNode.DcmiWatts(text) is not < 0);
    }

    private static string Bridged(string octets) => $"-b 0x06 -t 0x2c raw {octets}";

    private static string Statistics(string current) =>
        $" 57 01 00 {current} 02 00 ff 00 c8 00 a0 5b 0d\n 55 e8 03 00 00 50\n";

    private static IpmiOptions Read(string yaml, out IEnumerable<string> told)
    {
        var faults = new ConfigFaults();
        var options = IpmiOptionsReader.Read(YamlReader.Read(yaml, "i.yaml", faults), faults);
        told = faults.All.Select(fault => fault.ToString());
        return options;
    }

    private static async Task<PollFindings> PollAsync(FakeTool tool, string pattern)
    {
        var round = new PollRound(default);
        foreach (var pollster in IpmiPollsters.All(new IpmiOptions(), tool))
        {
            if (Glob.Matches(pattern, pollster.Name))
            {
                await pollster.PollAsync(round, [Node], default);
            }
        }

        return round.Take();
    }

    private sealed class FakeTool : IIpmiTool
    {
        private readonly Dictionary<string, string> _answers = [];

        public List<string> Commands { get; } = [];

        public string this[string command]
        {
            set => _answers[command] = value;
        }

        public Task<IpmiOutput> RunAsync(
            IpmiTarget target, IReadOnlyList<string> command, CancellationToken cancellationToken)
        {
            var text = string.Join(' ', command);
            Commands.Add(text);
            return Task.FromResult(_answers.TryGetValue(text, out var answer)
                ? new IpmiOutput(answer)
                : new IpmiOutput("", $"{target.Url}: Unable to establish session"));
        }
    }
}
