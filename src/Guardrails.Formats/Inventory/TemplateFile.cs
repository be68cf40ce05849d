using System.Text;

namespace Guardrails.Formats;

/// <summary>Reads a CloudFormation or SAM template, or what the CDK puts out, in JSON or YAML, whatever the file is called.</summary>
internal static class TemplateFile
{
    // A template has at most 1 MB (CloudFormation quotas, read 2026-11-25); the same limit as for files of rows.
    private const long Largest = RowFiles.LargestFile;

    /// <param name="content">The whole file.</param>
    /// <param name="file">The name that the result and its gaps carry.</param>
    public static InventoryFile Read(ReadOnlySpan<byte> content, string file, TemplateFacts facts)
    {
        var digest = ContentHash.Text(content);
        if (content.Length > Largest) return Refused(file, digest, InventoryGapKind.FailedCollector, $"has {content.Length / (1024 * 1024)} MB; files of up to {Largest / (1024 * 1024)} MB are read.");
        var text = Utf8(content);
        if (text.Trim(" \t\r\n"u8).IsEmpty) return Refused(file, digest, InventoryGapKind.NotAnInventory, "is empty.");
        return TemplateAssembly.Make(IsJson(text) ? ReadJson(text, file, facts) : ReadYaml(text, file, facts), file, digest);
    }

    private static TemplateContent ReadJson(ReadOnlySpan<byte> utf8, string file, TemplateFacts facts)
    {
        var tokens = new JsonTokens(utf8);
        try
        {
            return TemplateReader.Read(ref tokens, facts, file);
        }
        finally
        {
            tokens.Dispose();
        }
    }

    private static TemplateContent ReadYaml(ReadOnlySpan<byte> utf8, string file, TemplateFacts facts)
    {
        var tokens = new YamlTokens(Encoding.UTF8.GetString(utf8));
        return TemplateReader.Read(ref tokens, facts, file);
    }

    /// <summary>The text in UTF-8 and without a byte order mark. What Windows PowerShell writes with &gt; is UTF-16.</summary>
    internal static ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith([(byte)0xEF, (byte)0xBB, (byte)0xBF])) return content[3..];
        if (content.StartsWith([(byte)0xFF, (byte)0xFE])) return Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(content[2..]));
        if (content.StartsWith([(byte)0xFE, (byte)0xFF])) return Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(content[2..]));
        return content;
    }

    // A YAML text may begin with a brace too: then no quotation mark follows.
    internal static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.TrimStart(" \t\r\n"u8);
        if (text[0] is not ((byte)'{' or (byte)'[')) return false;
        var next = text[1..].TrimStart(" \t\r\n"u8);
        return next.IsEmpty || next[0] is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'}' or (byte)']' or (byte)'/' or (>= (byte)'0' and <= (byte)'9');
    }

    private static InventoryFile Refused(string file, string digest, InventoryGapKind kind, string message) => new()
    {
        File = file,
        Kind = InventorySourceKind.Template,
        ContentDigest = digest,
        Gaps = [new InventoryGap { Kind = kind, File = file, Message = $"{file} {message}" }],
    };
}
