using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Tags of roots, organizational units, accounts and policies.</summary>
internal static class TagOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("TagResource", Access.Management, Tag),
        ("UntagResource", Access.Management, Untag),
        ("ListTagsForResource", Access.DelegatedAdministrator, List),
    ];

    private static JsonObject Tag(CallContext call, JsonObject input)
    {
        var resource = Resource(call, input);
        var tags = TagRules.Read(input, call.Quotas, resource.Tags);
        TagPolicy.Enforce(call.State, TagPolicy.Kind(resource), tags);
        resource.Set(tags);
        return [];
    }

    private static JsonObject Untag(CallContext call, JsonObject input)
    {
        var resource = Resource(call, input);
        var keys = input.Texts("TagKeys").ToList();
        foreach (var key in keys) TagRules.RefuseSystemTag(key);
        foreach (var key in keys) resource.Tags.Remove(key);
        return [];
    }

    private static JsonObject List(CallContext call, JsonObject input)
    {
        var tags = new OrderedList<TagEntry>();
        foreach (var (key, value) in Resource(call, input).Tags)
            tags.Add(new TagEntry { Sequence = tags.Count + 1, Id = key, Arn = "", Name = key, Value = value });
        return Listing.Page(call, input, "ListTagsForResource", "Tags", tags, tag => new JsonObject { ["Key"] = tag.Name, ["Value"] = tag.Value });
    }

    private static Entity Resource(CallContext call, JsonObject input) =>
        call.State.TryFind<Entity>(input.Text("ResourceId"), out var resource) && resource is PolicyTarget or PolicyEntity
            ? resource
            : throw Errors.TargetNotFound();

    private sealed class TagEntry : Entity
    {
        public required string Value { get; init; }
    }
}
