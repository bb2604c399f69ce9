using Ops.Model;
using Ops.Server.Config;
using Ops.Storage;

namespace Ops.Server.Wiring;

/// <summary>Opens the data folder.</summary>
internal static class StoreRoom
{
    /// <exception cref="StoreException">Another process holds the folder, or a file in it is broken.</exception>
    public static Store Open(OpsOptions options, SeriesCatalog catalog, TimeProvider time, Action<string> report) =>
        Store.Open(options.DataFolder, catalog, options.Store, time, report);
}
