using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Reads <c>each</c> of a datasource: the requests that are made for each of its entries.</summary>
internal sealed class SubListingReader(ConfigFaults faults)
{
    public IReadOnlyList<SubListing> ReadAll(ConfigNode node, string what)
    {
        var each = new List<SubListing>();
        foreach (var item in faults.List(node, "each", what))
        {
            var of = $"an 'each' of {what}";
            if (!faults.Keys(
                item, of, "name", "service", "path", "headers", "entries", "next", "timeout", "optional", "take",
                "apart"))
            {
                continue;
            }

            var name = faults.RequiredText(item, "name", of);
            var path = DatasourceNodes.Required(item, "path", of, DatasourceNodes.EntryNames, faults);
            var main = node["reach"];
            var reach = new Reach
            {
                Service = faults.Text(item, "service", of) ?? main?["service"]?.Text,
                Path = main?["url"]?.Text ?? "",
                Headers = DatasourceNodes.Texts(item["headers"] is null ? main ?? item : item, "headers", of, faults),
                Timeout = faults.Duration(item, "timeout", of) ?? TimeSpan.FromSeconds(30),
                IsOptional = faults.Bool(item, "optional", of) ?? false,
                TakesHeaders = TakesHeaders(item, main, of),
            };
            if (path is not null)
            {
                each.Add(new SubListing(name, path, new Listing(
                    reach,
                    DatasourceNodes.Extract(item, "entries", of, DatasourceNodes.EntryNames, faults),
                    DatasourceNodes.Extract(item, "next", of, DatasourceNodes.EntryNames, faults)),
                    faults.Bool(item, "apart", of) ?? false));
            }
        }

        return each;
    }

    private bool TakesHeaders(ConfigNode item, ConfigNode? main, string what)
    {
        if (faults.Text(item, "take", what) is not { } word)
        {
            return false;
        }

        if (word is not ("entries" or "headers"))
        {
            faults.NotOneOf(item["take"]!, $"'take' of {what}", ["entries", "headers"]);
        }
        else if (word == "headers" && item["service"] is null && main?["service"] is null)
        {
            faults.Add(item["take"]!, $"'take' of {what} may be headers only with a service");
        }

        return word == "headers";
    }
}
