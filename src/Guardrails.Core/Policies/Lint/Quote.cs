namespace Guardrails;

/// <summary>Parts of a document in messages.</summary>
internal static class Quote
{
    private const int Longest = 80;

    /// <summary>The text, cut where it is long: documents can hold anything.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
