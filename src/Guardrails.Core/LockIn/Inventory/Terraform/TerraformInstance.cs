using System.Text.Json;

namespace Guardrails;

/// <summary>One instance of a Terraform resource: what of it may leave the file, and what it depends on.</summary>
internal sealed record TerraformInstance
{
    /// <summary>The module's path with instance keys, empty for the root: <c>module.shop["eu"]</c>.</summary>
    public required string Module { get; init; }

    /// <summary>Terraform's type: <c>aws_sqs_queue</c>.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The key of count or for_each as it stands in an address: <c>[0]</c>, <c>["eu"]</c>; empty without.</summary>
    public string Index { get; init; } = "";

    /// <summary>The configuration of the provider, with its alias: one account and Region.</summary>
    public string Provider { get; init; } = "";

    public TerraformValues Values { get; init; } = new();

    /// <summary>Addresses without instance keys, as <see cref="Configuration"/>.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    public string Address => Prefixed(Module, $"{Type}.{Name}{Index}");

    /// <summary>The address without any instance keys: what stands once in the configuration.</summary>
    public string Configuration => Prefixed(WithoutKeys(Module), $"{Type}.{Name}");

    public static string Prefixed(string module, string address) => module.Length == 0 ? address : $"{module}.{address}";

    /// <summary>A key of count or for_each as it stands in an address.</summary>
    public static string IndexOf(JsonElement key) => key.ValueKind switch
    {
        JsonValueKind.Number => $"[{key.GetRawText()}]",
        JsonValueKind.String => $"[\"{key.GetString()}\"]",
        _ => "",
    };

    /// <summary>The path of a module without instance keys. A key is in quotes and may hold anything, brackets and quotes too.</summary>
    public static string WithoutKeys(string module)
    {
        if (!module.Contains('[', StringComparison.Ordinal)) return module;
        var kept = new System.Text.StringBuilder(module.Length);
        for (var at = 0; at < module.Length; at++)
        {
            if (module[at] != '[')
            {
                kept.Append(module[at]);
                continue;
            }
            var quoted = at + 1 < module.Length && module[at + 1] == '"';
            var end = module.IndexOf(quoted ? "\"]" : "]", at + 1, StringComparison.Ordinal);
            if (end < 0) break;
            at = end + (quoted ? 1 : 0);
        }
        return kept.ToString();
    }
}

/// <summary>The values of a resource that may leave its file: ids, Region, account, the workload's tag, and what data names for its type.</summary>
internal sealed record TerraformValues
{
    public string? Id { get; init; }
    public string? Arn { get; init; }
    public string? Region { get; init; }
    public string? AccountId { get; init; }
    public string? Workload { get; init; }
    public string? Variant { get; init; }
    public double? Gigabytes { get; init; }

    /// <summary>Reads them; nothing else of the attributes is looked at.</summary>
    /// <param name="isSensitive">Whether the attribute of that name is marked as sensitive, as a whole or in part.</param>
    /// <param name="isComplete">True for a state, false for a plan, in which what is only known after it is applied is left out.</param>
    public static TerraformValues Read(JsonElement attributes, string terraformType, InventoryReading reading, Func<string, bool> isSensitive, bool isComplete)
    {
        // Of other clouds' resources an id may be anything, and no other source knows it.
        if (attributes.ValueKind != JsonValueKind.Object || !terraformType.StartsWith("aws", StringComparison.Ordinal)) return new TerraformValues();
        var facts = reading.Types.Of(reading.Types.OfTerraform(terraformType));
        var region = Text("region");
        var account = Text("owner_id");
        var arn = Text("arn");
        return new TerraformValues
        {
            Id = Text("id") is { Length: > 0 } id ? id : null,
            Arn = Guardrails.Arn.Parse(arn) is null ? null : arn,
            Region = AccountIds.IsRegion(region) ? region : null,
            AccountId = AccountIds.IsId(account) ? account : null,
            Workload = Tag("tags") ?? Tag("tags_all"),
            Variant = facts?.VariantProperty is null ? null : Variant(facts),
            Gigabytes = facts?.SizeProperty is { } size ? Number(SnakeCase(size)) * DataSizes.GigabytesOfGibibyte : null,
        };

        // What a configuration leaves out is null, or empty in the states of old providers, or missing in those of providers older than the attribute.
        string? Variant(ResourceTypeFacts facts)
        {
            var name = facts.VariantAttribute ?? SnakeCase(facts.VariantProperty!);
            if (isSensitive(name)) return null;
            if (Text(name) is { Length: > 0 } value) return facts.VariantValues.Contains(value, StringComparer.Ordinal) ? value : null;
            var isLeftOut = attributes.TryGetProperty(name, out var given) ? given.ValueKind is JsonValueKind.Null or JsonValueKind.String : isComplete;
            return isLeftOut ? facts.DefaultVariant : null;
        }

        string? Text(string name) =>
            attributes.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !isSensitive(name) ? value.GetString() : null;

        double? Number(string name) =>
            attributes.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && !isSensitive(name) && value.TryGetDouble(out var number) && number > 0 ? number : null;

        string? Tag(string name)
        {
            if (!attributes.TryGetProperty(name, out var tags) || tags.ValueKind != JsonValueKind.Object || isSensitive(name)) return null;
            foreach (var tag in tags.EnumerateObject())
            {
                if (tag.Value.ValueKind == JsonValueKind.String && string.Equals(tag.Name, reading.WorkloadTag, StringComparison.OrdinalIgnoreCase)) return tag.Value.GetString();
            }
            return null;
        }
    }

    // Terraform's provider for AWS names attributes as the API does, in snake case.
    private static string SnakeCase(string property)
    {
        var name = new System.Text.StringBuilder(property.Length + 4);
        for (var i = 0; i < property.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(property[i]) && !char.IsAsciiLetterUpper(property[i - 1])) name.Append('_');
            name.Append(char.ToLowerInvariant(property[i]));
        }
        return name.ToString();
    }
}

