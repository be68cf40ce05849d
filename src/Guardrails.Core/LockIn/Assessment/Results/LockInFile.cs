using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>
/// Assessments as a file, to compare with later and as the baseline of a build: JSON, the whole first and the groups by name, so that the
/// same assessments give the same bytes. It holds names and figures, no values of attributes.
/// </summary>
internal static class LockInFile
{
    public const string Family = "guardrails-lock-in/";
    public const string Format = Family + "1";

    // The file is no web page: names stay readable.
    private static readonly LockInJson Json = new(new JsonSerializerOptions(LockInJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Save(IEnumerable<LockInAssessment> assessments, string file) => WholeFile.Write(file, stream => Write(assessments, stream));

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="LockInFormatException">It holds no assessments that can be read.</exception>
    public static IReadOnlyList<LockInAssessment> Load(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, file);
    }

    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(IEnumerable<LockInAssessment> assessments, Stream stream)
    {
        var document = new LockInDocument { Format = Format, Assessments = [.. InOrder(assessments)] };
        JsonSerializer.Serialize(stream, document, Json.LockInDocument);
        stream.WriteByte((byte)'\n');
    }

    /// <param name="name">The name that errors carry.</param>
    /// <exception cref="LockInFormatException">It holds no assessments that can be read.</exception>
    public static IReadOnlyList<LockInAssessment> Read(Stream stream, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(stream);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String
                || format.GetString()?.StartsWith(Family, StringComparison.Ordinal) != true)
                throw new LockInFormatException($"'{name}' holds no lock-in assessments.");
            if (format.GetString() != Format) throw new LockInFormatException($"'{name}' was written by a later version: it has the format {format.GetString()}, this version reads {Format}.");
            return json.RootElement.Deserialize(Json.LockInDocument)!.Assessments;
        }
        catch (JsonException e)
        {
            throw new LockInFormatException($"'{name}' cannot be read as lock-in assessments: {e.Message}", e);
        }
    }

    /// <summary>The whole first, then the groups by name.</summary>
    public static IOrderedEnumerable<LockInAssessment> InOrder(IEnumerable<LockInAssessment> assessments) =>
        assessments.OrderBy(one => !one.IsTotal).ThenBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Settings.Target);
}

/// <summary>A file is no set of assessments, or of a later version.</summary>
internal sealed class LockInFormatException(string message, Exception? cause = null) : Exception(message, cause);

internal sealed record LockInDocument
{
    public required string Format { get; init; }

    public required IReadOnlyList<LockInAssessment> Assessments { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(LockInDocument))]
internal sealed partial class LockInJson : JsonSerializerContext;
