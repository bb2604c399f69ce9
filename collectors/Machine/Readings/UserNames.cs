using System.Globalization;
using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>User names by number, from /etc/passwd; a number without a name is its own name.</summary>
internal sealed class UserNames(IMachineFiles files)
{
    private readonly Dictionary<long, string> _byId = [];

    /// <summary>The name of a user; the file is read again for a number not met before.</summary>
    public string Of(long id)
    {
        if (_byId.TryGetValue(id, out var name))
        {
            return name;
        }

        if (files.Read("/etc/passwd", out var text) == FileAnswer.Ok)
        {
            Load(text);
        }

        return _byId.TryGetValue(id, out name) ? name : _byId[id] = id.ToString(CultureInfo.InvariantCulture);
    }

    private void Load(ReadOnlySpan<byte> passwd)
    {
        var lines = new FieldReader(passwd);
        while (lines.NextLine(out var line))
        {
            var end = line.Rest.IndexOf((byte)':');
            if (end <= 0)
            {
                continue;
            }

            var name = Encoding.UTF8.GetString(line.Rest[..end]);
            if (line.SkipPast((byte)':') && line.SkipPast((byte)':'))
            {
                _byId.TryAdd(FieldReader.ToLong(line.Rest), name);
            }
        }
    }
}
