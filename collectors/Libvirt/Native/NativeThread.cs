using System.Threading.Channels;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>The one thread that calls libvirt, so that a call that hangs holds up nobody else.</summary>
/// <remarks>
/// A call that takes longer than its time is given up by its caller while the thread stays in it. Until it comes back,
/// further calls are refused at once; then the thread serves again.
/// </remarks>
internal sealed class NativeThread : IDisposable
{
    /// <summary>The most calls that wait for their turn.</summary>
    public const int WaitingMax = 64;

    private readonly Channel<Task> _calls = Channel.CreateBounded<Task>(WaitingMax);
    private readonly TimeProvider _time;
    private volatile Task? _overdue;

    /// <summary>A thread that waits for calls.</summary>
    public NativeThread(string name, TimeProvider time)
    {
        _time = time;
        new Thread(Serve) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Whether a call was given up and has not come back.</summary>
    public bool IsStuck => _overdue is { IsCompleted: false };

    /// <summary>Makes a call on the thread.</summary>
    /// <exception cref="LibvirtException">It took too long, or the thread is still in a call that did.</exception>
    public async Task<T> RunAsync<T>(Func<T> call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (IsStuck)
        {
            throw new LibvirtException(0, 0, "libvirt still has not answered an earlier call");
        }

        var task = new Task<T>(call);
        if (!_calls.Writer.TryWrite(task))
        {
            throw new LibvirtException(0, 0, $"more than {WaitingMax} calls of libvirt wait");
        }

        try
        {
            return await task.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _overdue = task;
            _ = task.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            throw new LibvirtException(0, 0, $"libvirt did not answer within {timeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Lets the thread end after the calls that wait.</summary>
    public void Dispose() => _calls.Writer.TryComplete();

    private void Serve()
    {
        while (_calls.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_calls.Reader.TryRead(out var call))
            {
                call.RunSynchronously(TaskScheduler.Default);
            }
        }
    }
}
