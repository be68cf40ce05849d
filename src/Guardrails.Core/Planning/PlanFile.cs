using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guardrails;

/// <summary>
/// A plan as a file, to be reviewed by others and run later: JSON, so that version control shows what changed. Holds no secret, but names, email
/// addresses and tags. A file is not trusted: its form and its graph are checked whole when it is read, what it says of live objects when it
/// is run.
/// </summary>
internal static class PlanFile
{
    private const string Family = "guardrails-plan/";
    private const string Format = Family + "1";
    private const long LongestFile = 256 * 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Members = ["format", "organization", "command", "madeAt", "changes"];
    private static readonly string[] ChangeMembers =
        ["kind", "action", "address", "resourceId", "fingerprint", "before", "after", "dependsOn", "lane", "risk", "reversibility"];

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Save(Plan plan, string file) => WholeFile.Write(file, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("organization", plan.OrganizationId);
            json.WriteString("command", plan.Command);
            json.WriteString("madeAt", plan.MadeAt.ToString("O", CultureInfo.InvariantCulture));
            PlanJson.WriteChanges(json, plan);
            json.WriteEndObject();
        }
        stream.Write("\n"u8);
    });

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="PlanFormatException">It is not a plan, is damaged, or is of a newer version.</exception>
    public static Plan Load(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, file);
    }

    /// <param name="name">The name that errors carry.</param>
    /// <exception cref="PlanFormatException">It is not a plan, is damaged, or is of a newer version.</exception>
    public static Plan Read(Stream stream, string name)
    {
        if (stream.Length > LongestFile) throw new PlanFormatException($"'{name}' is too large for a plan: {stream.Length} bytes.");
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement, name);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or PlanException)
        {
            throw new PlanFormatException($"'{name}' cannot be read as a plan: {DisplayText.Visible(e.Message)}", e);
        }
    }

    private static Plan Read(JsonElement root, string name)
    {
        var format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var written) ? written.GetString() : null;
        if (format?.StartsWith(Family, StringComparison.Ordinal) != true) throw new PlanFormatException($"'{name}' is not a plan: it has no format '{Format}'.");
        if (format != Format) throw new PlanFormatException($"'{name}' has the format '{DisplayText.Visible(format)}', which is newer than this version of Guardrails; it reads '{Format}'.");
        OnlyKnown(root, Members, "A plan");
        var changes = root.GetProperty("changes");
        foreach (var change in changes.EnumerateArray()) OnlyKnown(change, ChangeMembers, "A change");
        var plan = PlanJson.Read(root);
        var faults = plan.Changes.Where(change => change.ResourceId is not null).GroupBy(change => change.Address, StringComparer.Ordinal)
            .Where(group => group.Select(change => change.ResourceId).Distinct().Count() > 1)
            .Select(group => $"'{group.Key}' is more than one object: {string.Join(", ", group.Select(change => change.ResourceId).Distinct().Order(StringComparer.Ordinal))}").ToList();
        if (faults.Count > 0) throw new PlanException(faults);
        return plan with
        {
            OrganizationId = Text(root, "organization"),
            Command = Text(root, "command"),
            MadeAt = DateTimeOffset.Parse(Text(root, "madeAt"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        };
    }

    // What a reviewer may have read and this module would pass over is no plan of this version.
    private static void OnlyKnown(JsonElement element, string[] members, string what)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new JsonException($"{what} is an object.");
        foreach (var member in element.EnumerateObject())
            if (!members.Contains(member.Name, StringComparer.Ordinal)) throw new JsonException($"{what} has no member '{member.Name}'.");
    }

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? throw new JsonException($"A plan's '{name}' is null.");
}

/// <summary>A file that is not a plan, is damaged, or was written by a newer version.</summary>
public sealed class PlanFormatException : Exception
{
    internal PlanFormatException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
