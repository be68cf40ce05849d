namespace Guardrails;

/// <summary>Text of others on a terminal.</summary>
internal static class DisplayText
{
    /// <summary>Names and tags may hold any character: line breaks and escape sequences must neither draw nor steer.</summary>
    public static string Visible(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
