using System.Text;

namespace Guardrails.Formats;

/// <summary>Reads a file of rows, by its ending: CSV, JSON or YAML.</summary>
internal static class RowFiles
{
    // 10,000 accounts with all their settings are about 10 MB.
    internal const long LargestFile = 32 * 1024 * 1024;

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DocumentRows Read(string file)
    {
        var size = new FileInfo(file).Length;
        if (size > LargestFile) return Refused(file, $"The file has {size / (1024 * 1024)} MB; files of up to {LargestFile / (1024 * 1024)} MB are read. Split it.");
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".json" => JsonRows.Parse(TextOf(file), file),
            ".yaml" or ".yml" => YamlRows.Parse(TextOf(file), file),
            ".csv" or ".tsv" or ".txt" or "" => CsvRecords.Read(file),
            var ending => Refused(file, $"Files that end in {ending} are not read. Save it as CSV (.csv), JSON (.json) or YAML (.yaml, .yml)."),
        };
    }

    private static string TextOf(string file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static DocumentRows Refused(string file, string message) => new([], [new DocumentFinding(file, null, null, message)]);
}
