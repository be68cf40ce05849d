using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>
/// Policies that configure (tag, backup, chat and so on): trees whose leaves are settings, written with inheritance operators, merged from
/// the root down into what is in effect on an account.
/// </summary>
/// <remarks>
/// Source: AWS Organizations user guide, "Inheritance operators" and "Inheritance examples" (2026). What a level does: first assign, then
/// append, then remove. Policies on the same level: of two that assign, the one attached first wins; the operators that they allow to
/// children are intersected. What a control operator allows is for the levels below; it speaks of the setting it stands in, and of new
/// elements under it (user guide, AI services opt-out policy examples).
/// </remarks>
internal static class ManagementPolicy
{
    private const string Assign = "@@assign";
    private const string Append = "@@append";
    private const string Remove = "@@remove";
    private const string Allowed = "@@operators_allowed_for_child_policies";
    private static readonly string[] ValueOperators = [Assign, Append, Remove];

    /// <summary>The element that each type's document consists of, where AWS's user guide names it; the other types may have any.</summary>
    private static readonly Dictionary<string, string> TopElement = new(StringComparer.Ordinal)
    {
        ["TAG_POLICY"] = "tags",
        ["BACKUP_POLICY"] = "plans",
        ["AISERVICES_OPT_OUT_POLICY"] = "services",
        ["CHATBOT_POLICY"] = "chatbots",
        ["DECLARATIVE_POLICY_EC2"] = "ec2_attributes",
    };

    /// <summary>Why AWS would refuse the document; null: it would not.</summary>
    public static string? Problem(string type, JsonElement policy)
    {
        if (!policy.EnumerateObject().Any()) return "it is empty.";
        if (TopElement.TryGetValue(type, out var name) && (policy.EnumerateObject().Count() != 1 || !policy.TryGetProperty(name, out _)))
            return $"it must hold '{name}' and nothing else.";
        return policy.EnumerateObject().Select(element => ElementProblem(element.Name, element.Value)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>A document of the type that sets nothing.</summary>
    public static string Empty(string type) => new JsonObject { [TopElement.GetValueOrDefault(type, "settings")] = new JsonObject() }.ToJsonString();

    /// <summary>The policies' merged content; null when there is nothing in effect.</summary>
    /// <param name="levels">From the root down to the account; on each level the documents in the order in which they were attached.</param>
    public static JsonObject? Merge(IEnumerable<IReadOnlyList<JsonObject>> levels)
    {
        var root = new Element();
        foreach (var level in levels)
        {
            Apply(root, level);
            CloseLevel(root);
        }
        return Show(root) as JsonObject;
    }

    private static string? ElementProblem(string name, JsonElement value)
    {
        if (name == Allowed) return AllowedProblem(value);
        if (name.StartsWith("@@", StringComparison.Ordinal)) return ValueProblem(name, value);
        if (value.ValueKind != JsonValueKind.Object) return $"'{name}' must be an object: a value stands under an operator such as {Assign}.";
        var operators = value.EnumerateObject().Count(member => ValueOperators.Contains(member.Name));
        var elements = value.EnumerateObject().Count(member => !member.Name.StartsWith("@@", StringComparison.Ordinal));
        if (operators > 0 && elements > 0) return $"'{name}' mixes operators with further elements.";
        return value.EnumerateObject().Select(member => ElementProblem(member.Name, member.Value)).FirstOrDefault(problem => problem is not null);
    }

    private static string? AllowedProblem(JsonElement value)
    {
        string[] known = ["@@all", "@@none", .. ValueOperators];
        var good = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && known.Contains(item.GetString()));
        return good ? null : $"{Allowed} must be a list of {string.Join(", ", known)}.";
    }

    private static string? ValueProblem(string name, JsonElement value) => name switch
    {
        Assign => value.ValueKind is JsonValueKind.Null or JsonValueKind.Object ? $"{name} must have a value or a list of values." : null,
        Append or Remove => value.ValueKind == JsonValueKind.Array ? null : $"{name} must have a list of values.",
        _ => $"unknown operator '{name}'.",
    };

    /// <summary>Puts one level's documents, or their parts at one place, over what was inherited there.</summary>
    private static void Apply(Element element, IReadOnlyList<JsonObject> documents)
    {
        foreach (var document in documents)
            if (document[Allowed] is JsonArray allowed) element.Restrict(allowed);
        if (element.Allows(Assign) && documents.FirstOrDefault(document => document.ContainsKey(Assign)) is { } assigning)
        {
            element.Values = Values(assigning[Assign]);
            element.IsList = assigning[Assign] is JsonArray;
        }
        Edit(element, documents, Append, (values, value) => values.Append(value));
        Edit(element, documents, Remove, (values, value) => values.Where(present => present != value));
        foreach (var name in documents.SelectMany(document => document.Select(member => member.Key)).Distinct(StringComparer.Ordinal).ToList())
        {
            if (name.StartsWith("@@", StringComparison.Ordinal)) continue;
            if (!element.Children.TryGetValue(name, out var child))
            {
                if (!element.Allows(Assign)) continue;
                element.Children.Add(name, child = new());
            }
            Apply(child, [.. documents.Select(document => document[name]).OfType<JsonObject>()]);
        }
    }

    private static void Edit(Element element, IReadOnlyList<JsonObject> documents, string name, Func<IEnumerable<string>, string, IEnumerable<string>> edit)
    {
        if (!element.Allows(name)) return;
        foreach (var values in documents.Select(document => document[name]).OfType<JsonArray>())
        {
            // A single value is nobody's to extend.
            if (element.Values is not null && !element.IsList) continue;
            element.IsList = true;
            element.Values = [.. Values(values).Aggregate(element.Values ?? (IEnumerable<string>)[], edit).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>What this level said of its children is in force from here on.</summary>
    private static void CloseLevel(Element element)
    {
        element.CloseLevel();
        foreach (var child in element.Children.Values) CloseLevel(child);
    }

    /// <summary>The values as JSON texts: compared by content, whatever their type.</summary>
    private static List<string> Values(JsonNode? node) =>
        node is JsonArray list ? [.. list.Select(value => value?.ToJsonString() ?? "null")] : [node?.ToJsonString() ?? "null"];

    private static JsonNode? Show(Element element)
    {
        if (element.Values is { Count: > 0 } values)
            return element.IsList ? new JsonArray([.. values.Select(value => JsonNode.Parse(value))]) : JsonNode.Parse(values[0]);
        var shown = new JsonObject();
        foreach (var (name, child) in element.Children)
            if (Show(child) is { } value) shown[name] = value;
        return shown.Count > 0 ? shown : null;
    }

    /// <summary>One place in the merged tree: inner node or setting.</summary>
    private sealed class Element
    {
        private HashSet<string>? _inForce;
        private HashSet<string>? _fromThisLevel;

        public OrderedDictionary<string, Element> Children { get; } = new(StringComparer.Ordinal);

        public List<string>? Values { get; set; }

        public bool IsList { get; set; }

        public bool Allows(string name) => _inForce is null || _inForce.Contains(name);

        public void Restrict(JsonArray allowed)
        {
            var names = allowed.Select(item => item!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
            if (names.Contains("@@all")) return;
            if (_fromThisLevel is null) _fromThisLevel = names;
            else _fromThisLevel.IntersectWith(names);
        }

        /// <summary>A child policy cannot give back what a parent took.</summary>
        public void CloseLevel()
        {
            if (_fromThisLevel is null) return;
            if (_inForce is null) _inForce = _fromThisLevel;
            else _inForce.IntersectWith(_fromThisLevel);
            _fromThisLevel = null;
        }
    }
}
