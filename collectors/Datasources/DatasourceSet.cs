using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>All datasources of the files in <c>datasources/</c>, and Ceilometer's dynamic pollsters.</summary>
public sealed class DatasourceSet
{
    private DatasourceSet(
        DatasourceOptions options, IReadOnlyList<DatasourceDefinition> datasources,
        IReadOnlyList<DynamicPollsterDefinition> pollsters) =>
        (Options, Datasources, Pollsters) = (options, datasources, pollsters);

    /// <summary>The datasources' names with how often each wants to be polled.</summary>
    public IReadOnlyList<(string Name, TimeSpan Interval)> Names =>
        [.. Datasources.Select(datasource => (datasource.Name, datasource.Interval))];

    internal DatasourceOptions Options { get; }

    internal IReadOnlyList<DatasourceDefinition> Datasources { get; }

    internal IReadOnlyList<DynamicPollsterDefinition> Pollsters { get; }

    /// <summary>
    /// Reads files: a list is Ceilometer's dynamic pollsters, a mapping with <c>datasources</c> is Ops's own kind, any
    /// other mapping is a single datasource.
    /// </summary>
    public static DatasourceSet Read(
        IReadOnlyList<(string File, ConfigNode Root)> files, ConfigFaults faults, DatasourceOptions? options = null)
    {
        var chosen = options ?? new DatasourceOptions();
        var reader = new DatasourceReader(chosen, faults);
        var dynamic = new DynamicPollsterReader(chosen, faults);
        var datasources = new List<DatasourceDefinition>();
        var pollsters = new List<DynamicPollsterDefinition>();
        var names = new Dictionary<string, ConfigNode>(StringComparer.Ordinal);
        foreach (var (_, root) in files)
        {
            if (root.Kind == ConfigNodeKind.Sequence)
            {
                pollsters.AddRange(root.Items.Select(dynamic.Read).OfType<DynamicPollsterDefinition>());
                continue;
            }

            var nodes = root["datasources"] is not null && faults.Keys(root, "the file", "datasources")
                ? faults.List(root, "datasources", "the file")
                : [root];
            foreach (var node in nodes)
            {
                if (reader.Read(node) is not { } datasource)
                {
                    continue;
                }

                if (!names.TryAdd(datasource.Name, node))
                {
                    var other = names[datasource.Name];
                    faults.Add(node["name"]!, $"datasource '{datasource.Name}' is defined already at "
                        + $"{other.File}:{other.Line}:{other.Column}");
                    continue;
                }

                datasources.Add(datasource);
            }
        }

        return new DatasourceSet(chosen, datasources, pollsters);
    }
}
