using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guardrails;

/// <summary>Writes a document's JSON again: the same values in the same order, and names that are written twice twice.</summary>
internal static class PolicyWriter
{
    // Only what JSON demands is escaped: each escape counts against the limit of the policy's type.
    private static readonly JsonWriterOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonWriterOptions Indented = Minified with { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>Without any white space: the form to send, as AWS counts white space against the limit.</summary>
    public static string Minify(PolicyJson json) => Write(json, Minified);

    /// <summary>The form to read: two spaces a level, a line feed at each line's end and one at the end.</summary>
    public static string Pretty(PolicyJson json) => Write(json, Indented) + "\n";

    private static string Write(PolicyJson json, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options)) Write(json, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(PolicyJson json, Utf8JsonWriter writer)
    {
        switch (json.Kind)
        {
            case PolicyJsonKind.Object:
                writer.WriteStartObject();
                foreach (var (name, _, value) in json.Members)
                {
                    writer.WritePropertyName(name);
                    Write(value, writer);
                }
                writer.WriteEndObject();
                break;
            case PolicyJsonKind.Array:
                writer.WriteStartArray();
                foreach (var value in json.Items) Write(value, writer);
                writer.WriteEndArray();
                break;
            case PolicyJsonKind.String:
                writer.WriteStringValue(json.Text);
                break;
            case PolicyJsonKind.True or PolicyJsonKind.False:
                writer.WriteBooleanValue(json.Kind == PolicyJsonKind.True);
                break;
            case PolicyJsonKind.Null:
                writer.WriteNullValue();
                break;
            default:
                // A number stays as it was written. Raw values are not indented, so they are for forms that only they can write.
                if (decimal.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number.ToString(CultureInfo.InvariantCulture) == json.Text) writer.WriteNumberValue(number);
                else writer.WriteRawValue(json.Text);
                break;
        }
    }
}
