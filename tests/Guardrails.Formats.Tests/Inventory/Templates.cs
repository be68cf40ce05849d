using System.Globalization;
using System.Text;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>Reads templates and shows what was read, a line for each fact.</summary>
internal static class Templates
{
    public static readonly TemplateFacts Facts = new(LockInFiles.Types().Types);

    public static InventoryFile Read(string text, string file = "template") => TemplateFile.Read(Encoding.UTF8.GetBytes(text), file, Facts);

    /// <summary>Reads a template, in JSON or YAML, and its rendition in the other format, and sees that they say the same.</summary>
    public static InventoryFile ReadBoth(string text)
    {
        var file = Read(text);
        var other = text.StartsWith("{\"", StringComparison.Ordinal) ? TemplateRenditions.ToYaml(text) : TemplateRenditions.ToJson(text);
        Assert.Equal(Show(file), Show(Read(other)));
        return file;
    }

    /// <summary>The type of each resource by its local id.</summary>
    public static IEnumerable<string> Types(InventoryFile file) => file.Resources.Select(one => $"{one.LocalId} {one.Type}");

    /// <summary>All references: <c>A→B</c>, imports as <c>A→import:B</c>.</summary>
    public static IEnumerable<string> References(InventoryFile file) =>
        file.Resources.SelectMany(one => one.References.Select(to => $"{one.LocalId}→{(to.IsImport ? "import:" : "")}{to.Target}"));

    public static string Show(InventoryFile file)
    {
        var text = new StringBuilder();
        foreach (var one in file.Resources)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.LocalId} {one.LogicalId} {one.Type} variant={one.Variant} id={one.PhysicalId} arn={one.Arn} workload={one.Workload} gb={one.DataGigabytes} {one.Traits} {one.AccountId} {one.Region} {one.Currency}\n");
            foreach (var to in one.References) text.Append(CultureInfo.InvariantCulture, $"  → {to.Target} {to.IsImport}\n");
        }
        foreach (var (name, target) in file.Exports) text.Append(CultureInfo.InvariantCulture, $"export {name} {target}\n");
        foreach (var gap in file.Gaps) text.Append(CultureInfo.InvariantCulture, $"{gap.Kind} {gap.Count} {gap.Message}\n");
        return text.ToString();
    }
}
