using System.Text;

namespace Guardrails;

/// <summary>
/// A <c>Fn::ForEach</c>: what is in it is made once for each value, with <c>${identifier}</c> and <c>&amp;{identifier}</c> replaced by the value;
/// in the second form without whatever is neither a letter nor a digit (CloudFormation Template Reference, Fn::ForEach, read 2026-11-25).
/// </summary>
/// <param name="name">The loop's own name: <c>Fn::ForEach::Tables</c>.</param>
/// <param name="outer">The loop in which this one stands.</param>
internal sealed class TemplateLoop(string name, TemplateLoop? outer)
{
    public string Name => name;

    public TemplateLoop? Outer => outer;

    public string Identifier { get; set; } = "";

    /// <summary>The values, null for one that is only known at deployment; null where the whole collection is.</summary>
    public List<string?>? Values { get; set; }

    /// <summary>The parameter that holds the values instead.</summary>
    public string? Parameter { get; set; }

    /// <summary>Whether a text may hold something that a loop replaces.</summary>
    public static bool IsPattern(ReadOnlySpan<char> text) => text.Contains("${", StringComparison.Ordinal) || text.Contains("&{", StringComparison.Ordinal);
}

/// <summary>The values of the loops that something stands in, the innermost first.</summary>
/// <param name="Value">Null where it is only known at deployment: then the place stays as it is written.</param>
internal sealed record TemplateBinding(string Identifier, string? Value, TemplateBinding? Outer)
{
    public static string Apply(TemplateBinding? binding, string text)
    {
        for (; binding is not null && TemplateLoop.IsPattern(text); binding = binding.Outer)
        {
            if (binding.Value is not { } value) continue;
            text = text.Replace($"${{{binding.Identifier}}}", value, StringComparison.Ordinal);
            text = text.Replace($"&{{{binding.Identifier}}}", LettersAndDigits(value), StringComparison.Ordinal);
        }
        return text;
    }

    private static string LettersAndDigits(string value)
    {
        var kept = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (char.IsAsciiLetterOrDigit(c)) kept.Append(c);
        }
        return kept.ToString();
    }
}
