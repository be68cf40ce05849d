using System.Text;

namespace Guardrails.Formats;

/// <summary>Reads a YAML file as a tree; JSON is YAML too.</summary>
internal static class TreeFiles
{
    // The module's own data is a hundredth of it.
    internal const long LargestFile = 16 * 1024 * 1024;

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DocumentTree Read(string file)
    {
        var size = new FileInfo(file).Length;
        if (size > LargestFile)
            return new DocumentTree(file, null, [new DocumentFinding(file, null, null, $"The file has {size / (1024 * 1024)} MB; files of up to {LargestFile / (1024 * 1024)} MB are read.")]);
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true);
        return Parse(reader.ReadToEnd(), file);
    }

    /// <param name="file">The name that findings carry.</param>
    public static DocumentTree Parse(string text, string file) => new TreeReader(new YamlNodes(YamlNodes.Normalized(text), 1), file).Read();
}
