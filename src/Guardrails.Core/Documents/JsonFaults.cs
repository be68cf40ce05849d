using System.Text.Json;

namespace Guardrails;

/// <summary>What the JSON reader says of damage, in its own sentence.</summary>
internal static class JsonFaults
{
    /// <summary>
    /// Without the place, which it puts behind the sentence in its own way, and without the text, which it repeats before it: of a word that is none
    /// of JSON's it repeats all that follows, and in that may be secrets.
    /// </summary>
    public static string Reason(JsonException fault)
    {
        var message = fault.Message;
        var place = message.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        if (place >= 0) message = message[..place];
        var end = message.StartsWith('\'') ? message.LastIndexOf("' is ", StringComparison.Ordinal) : -1;
        return end > 2 ? $"What stands here{message[(end + 1)..]}" : message;
    }
}
