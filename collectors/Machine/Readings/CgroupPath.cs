using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>Where a process stands in the control groups: its unit, its container, its own group.</summary>
/// <param name="Unified">The path in cgroup v2, or null where there is none.</param>
/// <param name="Unit">The systemd service it belongs to, such as <c>nginx.service</c>; else empty.</param>
/// <param name="ContainerId">The container's id of 64 hexadecimal digits or its LXC name; else null.</param>
/// <param name="Runtime"><c>docker</c>, <c>containerd</c>, <c>crio</c>, <c>podman</c> or <c>lxc</c>; else
/// empty.</param>
/// <remarks>Source: cgroups(7); the paths that systemd, Docker, containerd, CRI-O, Podman and LXC make.</remarks>
internal sealed record CgroupPath(string? Unified, string Unit, string? ContainerId, string Runtime)
{
    /// <summary>A process in no group.</summary>
    public static readonly CgroupPath None = new(null, "", null, "");

    private const int IdLength = 64;

    /// <summary>Reads /proc/PID/cgroup.</summary>
    public static CgroupPath Parse(ReadOnlySpan<byte> text)
    {
        var found = None;
        var lines = new FieldReader(text);
        while (lines.NextLine(out var line))
        {
            var isUnified = line.Rest.StartsWith("0::"u8);
            if (!line.SkipPast((byte)':') || !line.SkipPast((byte)':'))
            {
                continue;
            }

            var path = Encoding.UTF8.GetString(line.Rest);
            if (isUnified)
            {
                found = found with { Unified = path };
            }

            found = found.With(path);
        }

        return found;
    }

    private CgroupPath With(string path)
    {
        var found = this;
        if (found.Unit.Length == 0)
        {
            found = found with { Unit = UnitOf(path) };
        }

        return found.ContainerId is null && ContainerOf(path) is var (runtime, id)
            ? found with { ContainerId = id, Runtime = runtime }
            : found;
    }

    /// <summary>The innermost system service; a user's session manager and scopes are nobody's service.</summary>
    private static string UnitOf(string path)
    {
        const string service = ".service";
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var part = parts[i];
            if (part.EndsWith(service, StringComparison.Ordinal) && part.Length > service.Length
                && !part.StartsWith("user@", StringComparison.Ordinal))
            {
                return part;
            }
        }

        return "";
    }

    private static (string Runtime, string Id)? ContainerOf(string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var part = parts[i];
            if (part.StartsWith("lxc.payload.", StringComparison.Ordinal))
            {
                return ("lxc", part["lxc.payload.".Length..]);
            }

            if (part == "lxc" && i + 1 < parts.Length)
            {
                return ("lxc", parts[i + 1]);
            }

            var id = part.EndsWith(".scope", StringComparison.Ordinal) ? part[..^".scope".Length] : part;
            var dash = id.LastIndexOfAny(['-', ':']);
            var digits = dash < 0 ? id : id[(dash + 1)..];
            if (digits.Length == IdLength && digits.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0)
            {
                return (RuntimeOf(dash < 0 ? "" : id[..dash], path), digits);
            }
        }

        return null;
    }

    private static string RuntimeOf(string prefix, string path) => prefix switch
    {
        "docker" => "docker",
        "cri-containerd" or "nerdctl" => "containerd",
        "crio" => "crio",
        "libpod" or "libpod-conmon" => "podman",
        _ when path.Contains("/docker/", StringComparison.Ordinal) => "docker",
        _ when path.Contains("libpod", StringComparison.Ordinal) => "podman",
        _ => "containerd",
    };
}
