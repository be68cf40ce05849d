using System.Text.Json;

namespace Guardrails;

/// <summary>What a JSON text is, by the keys of its outermost mapping, without reading further than the first that decides.</summary>
internal static class InventoryJson
{
    /// <param name="utf8">Without a byte order mark.</param>
    /// <returns>Template also for what is none of the kinds and for what is no JSON: the reader of templates says why.</returns>
    public static InventorySourceKind KindOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, JsonTokens.Options);
        try
        {
            if (!reader.Read()) return InventorySourceKind.Template;
            if (reader.TokenType == JsonTokenType.StartArray) return HasArn(ref reader) ? InventorySourceKind.ResourceExport : InventorySourceKind.Template;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("planned_values"u8) || reader.ValueTextEquals("resource_changes"u8)) return InventorySourceKind.TerraformPlan;
                if (reader.ValueTextEquals("lineage"u8) || reader.ValueTextEquals("serial"u8) || reader.ValueTextEquals("resources"u8)) return InventorySourceKind.TerraformState;
                if (reader.ValueTextEquals("ViewArn"u8)) return InventorySourceKind.ResourceExport;
                if (reader.ValueTextEquals("Resources"u8))
                    return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? InventorySourceKind.ResourceExport : InventorySourceKind.Template;
                if (reader.ValueTextEquals("AWSTemplateFormatVersion"u8) || reader.ValueTextEquals("Transform"u8)) return InventorySourceKind.Template;
                reader.Read();
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whoever reads it says where.
        }
        return InventorySourceKind.Template;
    }

    private static bool HasArn(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Arn"u8)) return true;
            reader.Read();
            reader.Skip();
        }
        return false;
    }
}
