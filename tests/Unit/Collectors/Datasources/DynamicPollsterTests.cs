using Ops.Collectors.Datasources;
using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

public sealed class DynamicPollsterTests
{
    // Shaped like the instance status example of Ceilometer's administrator guide.
    private const string Status = """
        - name: dynamic.instance.status
          next_sample_url_attribute: "server_links | filter(lambda v: v.get('rel') == 'next', value)
            | list(value) | value[0] | value.get('href') | value.replace('http:', 'https:')"
          sample_type: gauge
          unit: server
          value_attribute: status
          endpoint_type: compute
          url_path: /v2.1/servers/detail?all_tenants=true
          headers:
            "Openstack-API-Version": "compute 2.65"
          project_id_attribute: tenant_id
          metadata_fields:
            - status
            - flavor.vcpus
            - "image | value or { 'id': '' } | value['id']"
            - "tags | ','.join(value)"
          value_mapping: {ACTIVE: "1"}
          default_value: 0
          skip_sample_values: [BUILD]
          metadata_mapping:
            flavor.vcpus: dynamic_vcpus
            "image | value or { 'id': '' } | value['id']": dynamic_image
          preserve_mapped_metadata: false
          extra_metadata_fields_cache_seconds: 600
          extra_metadata_fields_skip: [{tenant_id: p9}]
          extra_metadata_fields:
            - name: project_name
              endpoint_type: identity
              url_path: "'/v3/projects/' + str(sample['project_id'])"
              value: name
              metadata_fields: [status]
            - name: domain_id
              endpoint_type: identity
              url_path: "'/v3/projects/' + str(sample['project_id'])"
              value: domain_id
            - name: domain_name
              endpoint_type: identity
              url_path: "'/v3/domains/' + str(extra_metadata_captured['domain_id'])"
              value: name
        """;

    [Fact]
    public async Task A_pollster_with_paging_mapping_and_enrichment_works()
    {
        static string Server(string id, string status, string project) => $$"""
            {"id": "{{id}}", "status": "{{status}}", "tenant_id": "{{project}}", "user_id": "u1",
             "flavor": {"vcpus": 2}, "image": "", "tags": ["a", "b"]}
            """;
        var cloud = new FakeCloud()
            .On("/v2.1/servers/detail?all_tenants=true", $$"""
                {"servers": [{{Server("a", "ACTIVE", "p1")}}, {{Server("b", "SHUTOFF", "p1")}}],
                 "server_links": [{"rel": "next", "href": "http://nova:8774/v2.1/servers/detail?page=2"}]}
                """)
            .On("/v2.1/servers/detail?page=2", $$"""
                {"servers": [{{Server("c", "BUILD", "p1")}}, {{Server("d", "ACTIVE", "p9")}}, {"id": "e"}]}
                """)
            .On("/v3/projects/p1", """{"project": {"id": "p1", "name": "blue", "domain_id": "d1", "status": null}}""")
            .On("/v3/domains/d1", """{"domain": {"id": "d1", "name": "north"}}""");
        var polled = new Polled(cloud, Status);
        var found = await polled.RoundAsync();
        Assert.Equal(
            [
                "dynamic.instance.status gauge 1 server a p1", "dynamic.instance.status gauge 0 server b p1",
                "dynamic.instance.status gauge 1 server d p9",
            ],
            found.Samples.Select(Polled.Line));
        Assert.Equal(
            "domain_id=d1, domain_name=north, dynamic_image=, dynamic_vcpus=2, project_name=blue, status=ACTIVE, "
            + "tags | ','.join(value)=a,b",
            string.Join(", ", found.Samples[0].Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.DoesNotContain("project_name", found.Samples[2].Metadata.Keys);
        Assert.Equal(
            ["dynamic pollster 'dynamic.instance.status': an entry gives no sample: there is no 'tenant_id' "
                + "(tenant_id)"],
            polled.Reports);
        Assert.Equal(1, cloud.Asked.Count(url => url.EndsWith("/projects/p1", StringComparison.Ordinal)));
        await polled.RoundAsync();
        Assert.Equal(1, cloud.Asked.Count(url => url.EndsWith("/projects/p1", StringComparison.Ordinal)));
        polled.Time.Advance(TimeSpan.FromMinutes(11));
        await polled.RoundAsync();
        Assert.Equal(2, cloud.Asked.Count(url => url.EndsWith("/projects/p1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_multi_metric_pollster_makes_a_meter_of_each_member()
    {
        var cloud = new FakeCloud().On("/v2.1/usage", """
            {"other": 1, "summary": [{"user": "u$p", "categories": [{"category": "get_obj", "ops": 46},
              {"category": "put_obj", "ops": 8}, {"category": "secret", "ops": 1}]}]}
            """);
        var polled = new Polled(cloud, """
            - name: "dynamic.radosgw.{category}"
              sample_type: cumulative
              unit: request
              value_attribute: "[categories].ops"
              endpoint_type: compute
              url_path: usage
              user_id_attribute: "user | value.split('$')[0]"
              project_id_attribute: "user | value.split ('$') | value[1]"
              resource_id_attribute: user
              response_entries_key: summary
              skip_sample_values: [secret]
            """);
        Assert.Equal(
            ["dynamic.radosgw.get_obj cumulative 46 request u$p p",
                "dynamic.radosgw.put_obj cumulative 8 request u$p p"],
            (await polled.RoundAsync()).Samples.Select(Polled.Line));
    }

    [Fact]
    public async Task A_host_command_runs_where_it_is_allowed()
    {
        var polled = new Polled(new FakeCloud(), """
            - name: host.xml
              sample_type: gauge
              unit: thing
              value_attribute: "@n | float(value)"
              resource_id_attribute: "#text"
              host_command: "echo '<a><b n=\"3\">x</b></a>'"
              response_entries_key: a.b
              response_handlers: [json, xml]
            """, options: new DatasourceOptions { AllowHostCommands = true });
        Assert.Equal("host.xml gauge 3 thing x ", Polled.Line((await polled.RoundAsync("host.xml")).Samples.Single()));
    }

    [Fact]
    public void Module_none_needs_no_authentication_object() => Assert.Empty(
        Polled.Faults("""
            - name: d
              sample_type: gauge
              unit: x
              value_attribute: out
              url_path: http://127.0.0.1/services
              module: none
              headers: [{x-token: abc}]
            """));

    [Fact]
    public void Faults_are_told_with_their_place_and_the_idiom() => Assert.Equal(
        [
            "d.yaml:1:3: dynamic pollster 'a b': required fields unit, endpoint_type not specified",
            "d.yaml:1:9: 'name' of dynamic pollster 'a b' must be words with dots between and at most one {attribute} "
            + "at the end",
            "d.yaml:2:16: 'sample_type' of dynamic pollster 'a b' must be one of gauge, delta, cumulative, found "
            + "'guage'",
            "d.yaml:4:26: 'value_attribute' of dynamic pollster 'a b' is not a valid expression: name 'os' is not "
            + "known; known: value: the system cannot be reached; use a sample of the machine's own",
            "d.yaml:10:17: 'host_command' of dynamic pollster 'c' is not allowed: set allow_host_commands to run "
            + "programs",
            "d.yaml:16:11: 'module' of dynamic pollster 'd' is Python code that cannot be loaded here: use module "
            + "'requests.auth' with authentication_object 'HTTPBasicAuth' and authentication_parameters "
            + "'user,password', or module 'none' with 'headers' that hold a token",
        ],
        Polled.Faults("""
            - name: a b
              sample_type: guage
              url_path: /x
              value_attribute: "id | os.system('x')"

            - name: c
              sample_type: gauge
              unit: x
              value_attribute: out
              host_command: "rm"
            - name: d
              sample_type: gauge
              unit: x
              value_attribute: out
              url_path: http://rgw/admin/usage
              module: awsauth
              authentication_object: S3Auth
            """));
}
