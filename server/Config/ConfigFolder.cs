using Ops.Model;

namespace Ops.Server.Config;

/// <summary>
/// Finds the files of each concern: the user's folder laid over the files that come with the program.
/// </summary>
/// <remarks>
/// A single file that the user's folder lacks takes the built-in one. The files of a folder concern are merged with the
/// built-in ones by name: the user's file replaces the built-in one of that name, and an empty one switches it off.
/// Folders in it, such as <c>datasources/openstack</c>, are part of the name.
/// </remarks>
public sealed class ConfigFolder
{
    /// <summary>The most files that one folder concern may hold.</summary>
    public const int FilesMax = 10_000;

    private static readonly EnumerationOptions Nested = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 4,
        AttributesToSkip = FileAttributes.Hidden,
    };

    private readonly string? _user;
    private readonly string _builtIn;

    /// <summary>A configuration.</summary>
    /// <param name="user">The user's folder, or null for the built-in files alone.</param>
    /// <param name="builtIn">The folder that comes with the program; it may be absent.</param>
    /// <param name="secrets">
    /// What stands for <c>${env:NAME}</c> and <c>${file:PATH}</c>; default the environment.
    /// </param>
    public ConfigFolder(string? user, string builtIn, ConfigSecrets? secrets = null)
    {
        _user = user;
        _builtIn = builtIn;
        Secrets = secrets ?? new ConfigSecrets();
    }

    /// <summary>Where the user's own files lie, or null.</summary>
    public string? UserFolder => _user;

    /// <summary>The values that were substituted, for keeping them out of messages.</summary>
    public ConfigSecrets Secrets { get; }

    /// <summary>
    /// The folder of the option (which must exist), else <c>./etc</c> where there is one, else the built-in files
    /// alone.
    /// </summary>
    /// <param name="option">The value of <c>--config</c>, or null.</param>
    /// <param name="currentFolder">Where the program was started.</param>
    /// <param name="programFolder">Where the program lies; its <c>etc</c> holds the built-in files.</param>
    /// <exception cref="DirectoryNotFoundException">The option names no folder.</exception>
    public static ConfigFolder Find(string? option, string currentFolder, string programFolder)
    {
        var builtIn = Path.Combine(programFolder, "etc");
        if (option is not null)
        {
            var chosen = Path.GetFullPath(option, currentFolder);
            return Directory.Exists(chosen)
                ? new ConfigFolder(chosen, builtIn)
                : throw new DirectoryNotFoundException($"--config {option}: there is no such folder");
        }

        var usual = Path.Combine(currentFolder, "etc");
        return new ConfigFolder(Directory.Exists(usual) ? usual : null, builtIn);
    }

    /// <summary>
    /// The files of a concern that are in force, by name; built-in ones that an empty file switches off are left out.
    /// </summary>
    public IReadOnlyList<ConfigFile> Files(ConfigConcern concern)
    {
        if (!concern.IsFolder)
        {
            return SingleFile(concern) is { } file ? [file] : [];
        }

        var byName = new SortedDictionary<string, ConfigFile>(StringComparer.Ordinal);
        foreach (var (name, path) in YamlFilesOf(Path.Combine(_builtIn, concern.Name)))
        {
            byName[name] = new ConfigFile(path, Shown(path), true, name);
        }

        foreach (var (name, path) in _user is null ? [] : YamlFilesOf(Path.Combine(_user, concern.Name)))
        {
            byName[name] = new ConfigFile(path, Shown(path), false, name);
        }

        return [.. byName.Values.Where(file => file.IsBuiltIn || !IsEmpty(file.Path))];
    }

    /// <summary>The document of a single file, or null where there is none or it says nothing.</summary>
    public ConfigNode? Read(ConfigConcern concern, ConfigFaults faults) =>
        Files(concern) is [var file] ? Read(file, faults) : null;

    /// <summary>
    /// The documents of a concern, in order of file name; what cannot be read is a fault and left out.
    /// </summary>
    public IReadOnlyList<ConfigNode> ReadAll(ConfigConcern concern, ConfigFaults faults) =>
        [.. Files(concern).Select(file => Read(file, faults)).OfType<ConfigNode>()];

    /// <summary>Parses a file and puts secrets in.</summary>
    public ConfigNode? Read(ConfigFile file, ConfigFaults faults)
    {
        var root = YamlReader.ReadFile(file.Path, faults, file.ShownAs);
        return root is null ? null : Secrets.Substitute(root, Path.GetDirectoryName(file.Path)!, faults);
    }

    /// <summary>
    /// Warns of everything in the user's folder that no concern reads; a folder where a file belongs, or the other way,
    /// is a fault.
    /// </summary>
    public void WarnOfStrangers(ConfigFaults faults)
    {
        if (_user is null)
        {
            return;
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(_user).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var isFolder = Directory.Exists(path);
            if (!name.StartsWith('.') && (isFolder || IsYaml(name) || ConfigConcern.All.Any(it => it.Name == name))
                && !ConfigConcern.All.Any(concern => concern.IsFolder == isFolder && SameName(concern, name)))
            {
                var at = ConfigNode.Scalar(null, false, Shown(path), 0, 0);
                if (ConfigConcern.All.FirstOrDefault(concern => SameName(concern, name)) is { } meant)
                {
                    faults.Add(at, $"is a {(isFolder ? "folder" : "file")}; {meant.Name} must be a "
                        + (meant.IsFolder ? "folder" : "file"));
                    continue;
                }

                var hint = NearestName.Hint(name, ConfigConcern.All.Select(concern => concern.Name));
                faults.Warn(at, $"nothing reads this {(isFolder ? "folder" : "file")}{hint}");
            }
        }
    }

    private ConfigFile? SingleFile(ConfigConcern concern)
    {
        if (_user is not null && FirstOf(_user, concern.Name) is { } own)
        {
            return new ConfigFile(own, Shown(own), false, concern.Name);
        }

        return FirstOf(_builtIn, concern.Name) is { } given
            ? new ConfigFile(given, Shown(given), true, concern.Name)
            : null;
    }

    private static string? FirstOf(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        var shorter = Path.ChangeExtension(path, ".yml");
        return File.Exists(path) ? path : File.Exists(shorter) ? shorter : null;
    }

    private static IEnumerable<(string Name, string Path)> YamlFilesOf(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", Nested)
            .Where(IsYaml)
            .Select(path => (Path.ChangeExtension(Path.GetRelativePath(folder, path), null), path))
            .OrderBy(file => file.path, StringComparer.Ordinal)
            .Take(FilesMax)
        : [];

    private static bool SameName(ConfigConcern concern, string name) => concern.IsFolder
        ? concern.Name == name
        : Path.ChangeExtension(concern.Name, null) == Path.ChangeExtension(name, null);

    private static bool IsYaml(string name) => !Path.GetFileName(name).StartsWith('.')
        && Path.GetExtension(name) is ".yaml" or ".yml";

    private static bool IsEmpty(string path)
    {
        var faults = new ConfigFaults();
        return YamlReader.ReadFile(path, faults) is null && faults.None;
    }

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
