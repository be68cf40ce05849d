using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>The identity store: ids of groups and users by what is unique of them.</summary>
/// <remarks>Attributes: Identity Store API reference, GetGroupId and GetUserId, UniqueAttribute (August 2026).</remarks>
internal static class IdentityStoreOperations
{
    public static IReadOnlyDictionary<string, Operation> All { get; } = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["GetGroupId"] = (call, input) => Find(call, input, "GetGroupId", "GROUP", "GroupId", Path("displayName", principal => principal.Name)),
        ["GetUserId"] = (call, input) => Find(
            call, input, "GetUserId", "USER", "UserId", Path("userName", principal => principal.Name), Path("emails.value", principal => principal.Email)),
    };

    private static JsonObject Find(
        CallContext call, JsonObject input, string operation, string type, string member, params KeyValuePair<string, Func<IdentityPrincipal, string?>>[] paths)
    {
        var center = IdentityCenterAccess.Managed(call, $"identitystore:{operation}", _ => true);
        if (input.Text("IdentityStoreId") != center.StoreId) throw NotFound("IDENTITY_STORE", input.Text("IdentityStoreId"));
        var identifier = (JsonObject)input["AlternateIdentifier"]!;
        if (identifier["UniqueAttribute"] is not JsonObject unique || identifier.ContainsKey("ExternalId"))
            throw Invalid("The sandbox finds principals by UniqueAttribute only.");
        var path = paths.FirstOrDefault(one => one.Key.Equals(unique.Text("AttributePath"), StringComparison.OrdinalIgnoreCase)).Value
            ?? throw Invalid($"{unique.Text("AttributePath")} is not a unique attribute of a {type.ToLowerInvariant()}.");
        if (unique["AttributeValue"] is not JsonValue value || !value.TryGetValue<string>(out var text)) throw Invalid("AttributeValue must be a string.");
        var found = center.Principals.FirstOrDefault(principal => principal.Type == type && string.Equals(path(principal), text, StringComparison.OrdinalIgnoreCase))
            ?? throw NotFound(type, text);
        return new JsonObject { ["IdentityStoreId"] = center.StoreId, [member] = found.Id };
    }

    private static KeyValuePair<string, Func<IdentityPrincipal, string?>> Path(string name, Func<IdentityPrincipal, string?> value) => new(name, value);

    private static AwsError Invalid(string message) => new("ValidationException", message);

    private static AwsError NotFound(string type, string id) => new("ResourceNotFoundException", $"{type} not found.")
    {
        Members = new JsonObject { ["ResourceType"] = type, ["ResourceId"] = id },
    };
}
