using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Configuration;

/// <summary>Reads <see cref="PipelineConfig"/> from a document, reporting all faults at once.</summary>
internal sealed class PipelineConfigReader(
    ConfigFaults faults, IReadOnlyCollection<string> publisherSchemes, PipelineGrammar? grammar = null)
{
    private readonly PipelineGrammar _grammar = grammar ?? PipelineGrammar.Samples;

    public PipelineConfig? Read(ConfigNode? root, string file)
    {
        var before = faults.All.Count;
        if (root is null)
        {
            faults.Add(new ConfigFault(file, 0, 0, "a pipeline file needs 'sources' and 'sinks', found nothing"));
            return null;
        }

        if (!faults.Keys(root, "a pipeline file", "sources", "sinks"))
        {
            return null;
        }

        var sourceNodes = Section(root, "sources");
        var sinkNodes = root["sinks"] is null && sourceNodes.Count == 0 ? [] : Section(root, "sinks");
        var sinks = Named(sinkNodes, "sink", ReadSink, sink => sink.Name);
        var sinkNames = sinkNodes.Select(node => node["name"]?.Text).OfType<string>().ToList();
        var sources = Named(sourceNodes, "source", node => ReadSource(node, sinkNames), source => source.Name);
        CheckPipelineNames(sources, root);
        return faults.All.Count == before ? new PipelineConfig(sources, sinks) : null;
    }

    private IReadOnlyList<ConfigNode> Section(ConfigNode root, string key)
    {
        if (root[key] is null or { IsNull: true })
        {
            faults.Add(root[key] ?? root, $"a pipeline file needs '{key}'");
            return [];
        }

        return faults.List(root, key, "a pipeline file");
    }

    private List<T> Named<T>(
        IReadOnlyList<ConfigNode> nodes, string what, Func<ConfigNode, T?> read, Func<T, string> name)
        where T : class
    {
        var all = new List<T>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (read(node) is not { } one)
            {
                continue;
            }

            if (name(one).Length > 0 && !names.Add(name(one)))
            {
                faults.Add(node["name"]!, $"{what} name '{name(one)}' occurs twice");
            }

            all.Add(one);
        }

        return all;
    }

    private PipelineSource? ReadSource(ConfigNode node, List<string> sinkNames)
    {
        if (!faults.Keys(node, "a source", "name", _grammar.Key, "sinks", "interval", "resources", "discovery"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "a source");
        var what = name.Length > 0 ? $"source '{name}'" : "a source";
        var meters = MeterFilter.Read(node, what, faults, _grammar.Key, _grammar.One);
        var sinks = new List<string>();
        foreach (var item in faults.List(node, "sinks", what))
        {
            var sink = item.Text ?? "";
            if (!sinkNames.Contains(sink))
            {
                faults.Add(item, $"{what} names sink {item.Describe()}, which is not defined; defined: "
                    + string.Join(", ", sinkNames) + NearestName.Hint(sink, sinkNames));
            }
            else if (sinks.Contains(sink))
            {
                faults.Add(item, $"{what} names sink '{sink}' twice");
            }
            else
            {
                sinks.Add(sink);
            }
        }

        if (IsEmpty(node["sinks"]))
        {
            faults.Add(node["sinks"] ?? node, $"{what} needs 'sinks': the names of one or more");
        }

        return meters is null ? null : new PipelineSource(name, meters, sinks);
    }

    private PipelineSink? ReadSink(ConfigNode node)
    {
        if (!faults.Keys(node, "a sink", "name", "transformers", "publishers"))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "a sink");
        var what = name.Length > 0 ? $"sink '{name}'" : "a sink";
        var transformers = _grammar.HasTransformers ? ReadTransformers(node, what) : [];
        if (!_grammar.HasTransformers && !IsEmpty(node["transformers"]))
        {
            faults.Warn(node["transformers"]!, $"'transformers' of {what} are ignored: events pass as they are");
        }

        var addresses = faults.List(node, "publishers", what)
            .Select(item => ReadPublisher(item, what))
            .OfType<string>()
            .ToList();
        if (IsEmpty(node["publishers"]))
        {
            faults.Add(
                node["publishers"] ?? node, $"{what} needs 'publishers': one or more addresses such as 'store://'");
        }

        return new PipelineSink(name, transformers, NodeText.Of(node["transformers"]), addresses);
    }

    private List<TransformerPlan> ReadTransformers(ConfigNode node, string what)
    {
        var transformers = new List<TransformerPlan>();
        foreach (var item in faults.List(node, "transformers", what))
        {
            if (TransformerReader.Read(item, what, faults) is { } plan)
            {
                transformers.Add(plan);
            }
        }

        return transformers;
    }

    private string? ReadPublisher(ConfigNode item, string what)
    {
        if (item.Kind != ConfigNodeKind.Scalar || string.IsNullOrEmpty(item.Text))
        {
            faults.Add(item, $"a publisher of {what} must be an address such as 'store://', found {item.Describe()}");
            return null;
        }

        var address = item.Text.Contains("://", StringComparison.Ordinal) ? item.Text : item.Text + "://";
        var scheme = PublisherAddress.SchemeOf(address);
        if (publisherSchemes.Contains(scheme))
        {
            return address;
        }

        var shown = PublisherAddress.WithoutSecrets(address);
        var why = _grammar.OtherSchemes.Contains(scheme) ? "which takes no events" : "of which there is no such kind";
        faults.Warn(item, $"{what} names publisher '{shown}', {why}, and goes without; "
            + $"known: {string.Join(", ", publisherSchemes)}"
            + NearestName.Hint(scheme, publisherSchemes));
        return null;
    }

    private void CheckPipelineNames(List<PipelineSource> sources, ConfigNode root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var sourcesDiffer = sources.DistinctBy(source => source.Name).Count() == sources.Count;
        foreach (var source in sources)
        {
            foreach (var sink in source.Sinks)
            {
                var name = PipelineRoute.NameOf(source.Name, sink);
                if (!names.Add(name) && sourcesDiffer)
                {
                    faults.Add(root["sources"]!, $"two pipelines would be named '{name}'");
                }
            }
        }
    }

    private static bool IsEmpty(ConfigNode? list) =>
        list is null || list.IsNull || list is { Kind: ConfigNodeKind.Sequence, Items.Count: 0 };
}
