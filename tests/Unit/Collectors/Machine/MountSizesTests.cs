using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;
using Ops.Collectors.Machine.Telemetry;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class MountSizesTests
{
    private static readonly FilesystemSize Size = new(100, 50, 50, 0, 0);

    [Fact]
    public void A_local_filesystem_is_asked_at_once() =>
        Assert.Equal(Size, new MountSizes(new Slow(Task.CompletedTask), TimeProvider.System).Of(Mount("ext4")));

    [Fact]
    public void A_remote_one_that_answers_is_told()
    {
        var sizes = new MountSizes(new Slow(Task.CompletedTask), TimeProvider.System);
        Assert.Equal(Size, sizes.Of(Mount("nfs4")));
        Assert.Equal(Size, sizes.Of(Mount("nfs4")));
    }

    [Fact]
    public async Task A_remote_one_that_hangs_is_left_and_not_asked_again_until_it_answers()
    {
        var answer = new TaskCompletionSource();
        var slow = new Slow(answer.Task);
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var sizes = new MountSizes(slow, time);
        var first = Task.Run(() => sizes.Of(Mount("nfs4")));
        while (!first.IsCompleted)
        {
            time.Advance(MountSizes.WaitMax);
            await Task.Delay(5);
        }

        Assert.Null(await first);
        Assert.Null(sizes.Of(Mount("nfs4")));
        Assert.Equal(1, slow.Asked);
        answer.SetResult();
        await MachineCollectorTests.UntilAsync(() => sizes.Of(Mount("nfs4")) is not null);
    }

    private static MountPoint Mount(string type) => new("0:1", "/", "/mnt/nas", type, "nas:/export", false);

    /// <summary>Answers when a task is done.</summary>
    private sealed class Slow(Task until) : IMachineFiles
    {
        public int Asked { get; private set; }

        public FileAnswer Read(string path, out ReadOnlySpan<byte> content, int bytesMax = IMachineFiles.BytesMax)
        {
            content = default;
            return FileAnswer.Missing;
        }

        public FileAnswer List(string folder, List<string> names) => FileAnswer.Missing;

        public string? ReadLink(string path) => null;

        public FilesystemSize? Size(string mountPoint)
        {
            Asked++;
            until.Wait();
            return MountSizesTests.Size;
        }
    }
}
