using System.Text.Json;

namespace Guardrails;

/// <summary>
/// Reads a Terraform plan as <c>terraform show -json</c> writes it: what will be there once it is applied. What the plan deletes does not
/// count. References come from the configuration, through modules' inputs and outputs and through data sources; what goes through local
/// values is not in a plan and so not known.
/// </summary>
/// <remarks>Source: HashiCorp, JSON Output Format (November 2026): plan, values and configuration representation.</remarks>
internal static class TerraformPlan
{
    /// <param name="file">The name that the result carries.</param>
    public static InventoryFile Read(JsonElement root, string file, string digest, InventoryReading reading)
    {
        var references = new TerraformReferences(Json.Member(Json.Member(root, "configuration"), "root_module"));
        var after = Json.Member(Json.Member(root, "planned_values"), "root_module");
        var found = after.ValueKind == JsonValueKind.Object ? Planned(after, reading) : Changed(root, reading);
        var instances = found.Select(instance => instance with { Dependencies = references.Of(instance.Configuration) }).ToList();
        var sightings = TerraformGraph.Sightings(instances, reading, isClosure: false);
        return new InventoryFile
        {
            File = file,
            Kind = InventorySourceKind.TerraformPlan,
            ContentDigest = digest,
            AccountId = TerraformGraph.AccountOf(sightings),
            Resources = sightings,
        };
    }

    private static IEnumerable<TerraformInstance> Planned(JsonElement module, InventoryReading reading)
    {
        var path = Json.Text(module, "address") ?? "";
        var own = Json.Items(module, "resources").Select(resource => Instance(resource, path, Json.Member(resource, "values"), Json.Member(resource, "sensitive_values"), reading));
        return own.OfType<TerraformInstance>().Concat(Json.Items(module, "child_modules").SelectMany(child => Planned(child, reading)));
    }

    // A plan that somebody has cut down to its changes.
    private static IEnumerable<TerraformInstance> Changed(JsonElement root, InventoryReading reading)
    {
        foreach (var resource in Json.Items(root, "resource_changes"))
        {
            var change = Json.Member(resource, "change");
            if (Json.Text(resource, "deposed") is not null || Json.Texts(change, "actions").All(action => action is "delete" or "forget")) continue;
            if (Instance(resource, Json.Text(resource, "module_address") ?? "", Json.Member(change, "after"), Json.Member(change, "after_sensitive"), reading) is { } instance)
                yield return instance;
        }
    }

    private static TerraformInstance? Instance(JsonElement resource, string module, JsonElement values, JsonElement sensitive, InventoryReading reading)
    {
        if (Json.Text(resource, "mode") != "managed" || Json.Text(resource, "type") is not { } type || Json.Text(resource, "name") is not { } name) return null;
        return new TerraformInstance
        {
            Module = module,
            Type = type,
            Name = name,
            Index = TerraformInstance.IndexOf(Json.Member(resource, "index")),
            Provider = Json.Text(resource, "provider_name") ?? "",
            Values = TerraformValues.Read(values, type, reading, attribute => IsSensitive(Json.Member(sensitive, attribute)), isComplete: false),
        };
    }

    // An attribute is marked with true, a part of it with a structure of the same shape that holds true somewhere.
    private static bool IsSensitive(JsonElement mark) => mark.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Object => mark.EnumerateObject().Any(part => IsSensitive(part.Value)),
        JsonValueKind.Array => mark.EnumerateArray().Any(IsSensitive),
        _ => false,
    };
}

/// <summary>What each resource of a configuration refers to, followed through modules and data sources to resources.</summary>
internal sealed class TerraformReferences
{
    private readonly Dictionary<string, Scope> _modules = new(StringComparer.Ordinal);

    public TerraformReferences(JsonElement rootModule) => Add("", rootModule, null, default);

    /// <summary>The addresses without instance keys of what a resource refers to, each once.</summary>
    /// <param name="configuration">The address without instance keys of the resource.</param>
    public IReadOnlyList<string> Of(string configuration)
    {
        var at = configuration.LastIndexOf('.', Math.Max(0, configuration.LastIndexOf('.') - 1));
        var (module, address) = at < 0 ? ("", configuration) : (configuration[..at], configuration[(at + 1)..]);
        if (!_modules.TryGetValue(module, out var scope) || !scope.Resources.TryGetValue(address, out var references)) return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Follow(scope, references, found, []);
        return [.. found];
    }

    private void Add(string path, JsonElement module, Scope? parent, JsonElement call)
    {
        var scope = new Scope(path, parent);
        _modules[path] = scope;
        foreach (var resource in Json.Items(module, "resources"))
        {
            var data = Json.Text(resource, "mode") == "data" ? "data." : "";
            var references = References(Json.Member(resource, "expressions")).Concat(References(Json.Member(resource, "count_expression")))
                .Concat(References(Json.Member(resource, "for_each_expression"))).Concat(Json.Texts(resource, "depends_on"));
            scope.Resources[$"{data}{Json.Text(resource, "type")}.{Json.Text(resource, "name")}"] = [.. references];
        }
        foreach (var output in Json.Members(module, "outputs")) scope.Outputs[output.Name] = [.. References(output.Value)];
        foreach (var input in Json.Members(call, "expressions")) scope.Inputs[input.Name] = [.. References(input.Value)];
        foreach (var child in Json.Members(module, "module_calls"))
            Add(TerraformInstance.Prefixed(path, $"module.{child.Name}"), Json.Member(child.Value, "module"), scope, child.Value);
    }

    /// <summary>Everything named as a reference in an expression, or in the blocks below it; constant values are passed over.</summary>
    private static IEnumerable<string> References(JsonElement expression)
    {
        switch (expression.ValueKind)
        {
            case JsonValueKind.Array:
                return expression.EnumerateArray().SelectMany(References);
            case JsonValueKind.Object:
                return expression.EnumerateObject().Where(part => part.Name != "constant_value").SelectMany(part =>
                    part.Name == "references" ? Json.Texts(expression, "references") : References(part.Value));
            default:
                return [];
        }
    }

    private void Follow(Scope scope, IReadOnlyList<string> references, SortedSet<string> found, HashSet<(string Module, string Reference)> seen)
    {
        foreach (var reference in references)
        {
            if (!seen.Add((scope.Path, reference))) continue;
            var parts = reference.Split('.', '[');
            switch (parts[0])
            {
                case "var" when parts.Length > 1 && scope.Parent is not null:
                    if (scope.Inputs.TryGetValue(parts[1], out var inputs)) Follow(scope.Parent, inputs, found, seen);
                    break;
                case "module" when parts.Length > 2:
                    // Between module and output there may be a key: module.shop["eu"].url.
                    if (_modules.TryGetValue(TerraformInstance.Prefixed(scope.Path, $"module.{parts[1]}"), out var child) && child.Output(reference) is { } outputs) Follow(child, outputs, found, seen);
                    break;
                case "data" when parts.Length > 2:
                    if (scope.Resources.TryGetValue($"data.{parts[1]}.{parts[2]}", out var data)) Follow(scope, data, found, seen);
                    break;
                case "var" or "module" or "data" or "local" or "each" or "count" or "path" or "self" or "terraform":
                    break;
                default:
                    if (parts.Length > 1) found.Add(TerraformInstance.Prefixed(scope.Path, $"{parts[0]}.{parts[1]}"));
                    break;
            }
        }
    }

    /// <param name="Path">Without instance keys; empty for the root.</param>
    private sealed record Scope(string Path, Scope? Parent)
    {
        /// <summary>By type and name, data sources with <c>data.</c> before.</summary>
        public Dictionary<string, IReadOnlyList<string>> Resources { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, IReadOnlyList<string>> Outputs { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, IReadOnlyList<string>> Inputs { get; } = new(StringComparer.Ordinal);

        /// <param name="reference">From outside: <c>module.shop["eu"].url</c>.</param>
        public IReadOnlyList<string>? Output(string reference) =>
            TerraformInstance.WithoutKeys(reference).Split('.') is [_, _, var name, ..] ? Outputs.GetValueOrDefault(name) : null;
    }
}
