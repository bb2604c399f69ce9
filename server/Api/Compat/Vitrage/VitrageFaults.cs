namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Problem details that also bear <c>description</c>, the member that Vitrage's clients print.</summary>
internal static class VitrageFaults
{
    /// <summary>An answer of that status and sentence.</summary>
    public static IResult Of(int status, string detail) => Problems.Result(status, detail, ("description", detail));

    /// <summary>Something that is not there.</summary>
    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);
}
