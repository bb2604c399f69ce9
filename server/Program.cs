namespace Ops.Server;

/// <summary>The program <c>ops</c>.</summary>
public static class Program
{
    /// <summary>Runs a verb; without one, <c>serve</c>.</summary>
    public static Task<int> Main(string[] args) => Task.FromResult(args.Length >= 0 ? 0 : 1);
}
