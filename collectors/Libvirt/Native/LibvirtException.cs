using System.Runtime.InteropServices;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>A call of libvirt that failed.</summary>
/// <param name="code">libvirt's error code; 0 where libvirt was not reached.</param>
/// <param name="domain">Which part of libvirt raised it.</param>
/// <param name="message">What failed, for people.</param>
internal sealed class LibvirtException(int code, int domain, string message) : Exception(message)
{
    private const int InternalError = 1;
    private const int NoSupport = 3;
    private const int InvalidArgument = 8;
    private const int SystemError = 38;
    private const int NoDomain = 42;
    private const int OperationInvalid = 55;
    private const int ConfigUnsupported = 67;
    private const int ArgumentUnsupported = 74;
    private const int OperationUnsupported = 84;
    private const int AccessDenied = 88;
    private const int FromRpc = 7;
    private const int FromRemote = 13;

    /// <summary>libvirt's error code.</summary>
    public int Code => code;

    /// <summary>Whether the library itself is not there: nothing will come of asking again.</summary>
    public bool IsLibraryMissing { get; init; }

    /// <summary>Whether the daemon is gone, as Ceilometer judges it.</summary>
    public bool IsDisconnection => code is SystemError or InternalError && domain is FromRemote or FromRpc;

    /// <summary>Whether the domain is gone, or no longer runs.</summary>
    public bool IsGone => code is NoDomain or OperationInvalid;

    /// <summary>Whether the domain will never give what was asked for.</summary>
    public bool IsPermanent =>
        code is NoSupport or ConfigUnsupported or ArgumentUnsupported or OperationUnsupported or AccessDenied;

    /// <summary>Whether this libvirt does not know a flag.</summary>
    public bool IsUnknownFlag => code == InvalidArgument;

    /// <summary>The error of the call that just failed on this thread.</summary>
    /// <param name="what">What was tried.</param>
    public static LibvirtException Last(string what)
    {
        var message = Marshal.PtrToStringUTF8(LibvirtLibrary.virGetLastErrorMessage()) ?? "no reason given";
        return new LibvirtException(
            LibvirtLibrary.virGetLastErrorCode(), LibvirtLibrary.virGetLastErrorDomain(), $"{what}: {message}");
    }
}
