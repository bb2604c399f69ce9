using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ops.Collectors.Keystone;

namespace Ops.Collectors.Datasources;

/// <summary>Asks what a <see cref="Reach"/> names: a cloud, an address, or a program.</summary>
internal sealed class DatasourceAsker(HttpClient http, DatasourceOptions options, TimeProvider time)
{
    private const int CommandBytesMax = 16 * 1024 * 1024;

    public DatasourceOptions Options { get; } = options;

    /// <summary>The answer's body, read; <see cref="CloudException"/> where there is none.</summary>
    /// <param name="reach">How.</param>
    /// <param name="session">The cloud, where one is asked.</param>
    /// <param name="path">The path or address; the reach's own or a next page's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<object?> AskAsync(
        Reach reach, KeystoneSession? session, string path, CancellationToken cancellationToken)
    {
        if (reach is { TakesHeaders: true, Service: not null })
        {
            var headers = (await CloudAsync(reach, session, path, cancellationToken).ConfigureAwait(false)).Headers;
            return headers.ToDictionary(header => header.Key, header => (object?)header.Value);
        }

        var text = reach.Command.Count > 0 ? await RunAsync(reach, cancellationToken).ConfigureAwait(false)
            : reach.Service is null ? await GetAsync(reach, path, cancellationToken).ConfigureAwait(false)
            : (await CloudAsync(reach, session, path, cancellationToken).ConfigureAwait(false)).Text;
        var value = AnswerValue.Read(text, reach.Handlers, out var problem);
        return problem is null || value is not null ? value : throw new CloudException($"{path}: {problem}", false);
    }

    private static Task<CloudAnswer> CloudAsync(
        Reach reach, KeystoneSession? session, string path, CancellationToken cancellationToken) =>
        (session ?? throw new CloudException($"no cloud to ask for '{reach.Service}'", true))
        .SendAsync(reach.Service!, path, reach.Headers, reach.Timeout, cancellationToken);

    private async Task<string> GetAsync(Reach reach, string path, CancellationToken cancellationToken)
    {
        var url = new Uri(new Uri(reach.Path), path);
        if (url.Host != new Uri(reach.Path).Host)
        {
            throw new CloudException($"'{path}' leads away from {reach.Path}", isPermanent: true);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in reach.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (reach.Basic is { } basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}")));
        }

        using var limit = new CancellationTokenSource(reach.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token)
                .ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CloudException(
                    $"{url.Authority} answered {(int)answer.StatusCode} to {url.AbsolutePath}",
                    (int)answer.StatusCode is 400 or 401 or 403 or 404 or 405 or 410)
                {
                    IsMissing = answer.StatusCode == HttpStatusCode.NotFound,
                };
            }

            return await AnswerReader.TextAsync(answer.Content, both.Token).ConfigureAwait(false)
                ?? throw new CloudException($"the answer of {url.Authority} is too large", isPermanent: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudException(
                $"{url.Authority} did not answer within {reach.Timeout.TotalSeconds:0.#} s", isPermanent: false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new CloudException($"cannot reach {url.Authority}: {fault.Message}", isPermanent: false);
        }
    }

    private async Task<string> RunAsync(Reach reach, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(reach.Command[0])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var argument in reach.Command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var limit = new CancellationTokenSource(reach.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            using var content = new StreamContent(process.StandardOutput.BaseStream);
            var text = await AnswerReader.TextAsync(content, both.Token, CommandBytesMax).ConfigureAwait(false)
                ?? throw new CloudException($"'{reach.Command[0]}' printed more than {CommandBytesMax} bytes", true);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? text.TrimEnd('\n')
                : throw new CloudException($"'{reach.Command[0]}' ended with {process.ExitCode}", false);
        }
        catch (Win32Exception fault)
        {
            throw new CloudException($"cannot run '{reach.Command[0]}': {fault.Message}", isPermanent: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudException(
                $"'{reach.Command[0]}' was not done within {reach.Timeout.TotalSeconds:0.#} s", isPermanent: false);
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
            }

            process?.Dispose();
        }
    }
}
