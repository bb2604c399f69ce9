using Ops.Model;
using Ops.Server.Api.Security;
using Ops.Server.Cli;
using Ops.Server.Config;
using Ops.Storage;

namespace Ops.Server.Wiring;

/// <summary>
/// Runs <c>ops serve</c>: reads the configuration, opens the data, runs the rooms until asked to stop.
/// </summary>
/// <remarks>
/// Exit code 0 after a clean stop; 2 where configuration, data folder or address do not let it start.
/// </remarks>
internal sealed class ServeRun(Terminal terminal)
{
    public async Task<int> RunAsync(ServeOptions asked, CancellationToken cancellationToken)
    {
        if (Read(asked) is not { } start)
        {
            return 2;
        }

        try
        {
            await using var server = await OpsServer.StartAsync(start, terminal, cancellationToken);
            await server.RunAsync(cancellationToken);
            return 0;
        }
        catch (StoreException fault)
        {
            return Refuse(fault.Message);
        }
        catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Refuse(AddressInUse.Describe(start.Options.Listen, start.Options.Collectors.Otlp.GrpcListen, fault));
        }
    }

    private StartConfiguration? Read(ServeOptions asked)
    {
        var faults = new ConfigFaults();
        ConfigFolder folder;
        try
        {
            folder = ConfigFolder.Find(asked.ConfigFolder, Environment.CurrentDirectory, AppContext.BaseDirectory);
        }
        catch (DirectoryNotFoundException fault)
        {
            Refuse(fault.Message);
            return null;
        }

        var start = StartConfiguration.Read(folder, asked, faults);
        folder.WarnOfStrangers(faults);
        foreach (var warning in faults.Warnings)
        {
            terminal.Error.WriteLine($"{Terminal.Printable(folder.Secrets.Redact(warning).ToString())} (warning)");
        }

        foreach (var fault in faults.All)
        {
            terminal.Error.WriteLine(Terminal.Printable(folder.Secrets.Redact(fault).ToString()));
        }

        if (!faults.None)
        {
            Refuse("the configuration has faults; nothing was started");
            return null;
        }

        if (ListenRule.Refusal(start.Options.Addresses, start.Options.Auth.Tokens) is { } refusal)
        {
            Refuse(refusal);
            return null;
        }

        return start;
    }

    private int Refuse(string why)
    {
        terminal.Error.WriteLine($"ops: {why}");
        return 2;
    }
}
