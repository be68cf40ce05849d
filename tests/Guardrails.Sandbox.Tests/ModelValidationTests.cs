using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Guardrails.Sandbox.Tests;

/// <summary>
/// Generated from the model files, by a reader of its own: of each operation the first illegal value of each constraint is sent,
/// and a request with the least that is legal.
/// </summary>
public sealed partial class ModelValidationTests
{
    private static readonly Model Organizations = new("src/Guardrails.AwsClients/Models/organizations.model.json");
    private static readonly Model Sts = new("src/Guardrails.Sandbox/Models/sts.model.json");

    public static TheoryData<string> OrganizationsOperationNames => [.. Organizations.Operations];

    public static TheoryData<string> StsOperationNames => [.. Sts.Operations];

    [Theory]
    [MemberData(nameof(OrganizationsOperationNames))]
    public async Task Organizations_refuses_the_first_illegal_value_of_each_constraint(string operation)
    {
        Assert.SkipUnless(OrganizationsOperations.All.ContainsKey(operation), "The sandbox does not have this operation.");
        using var sandbox = new TestSandbox();
        foreach (var (breach, request, reason) in Organizations.IllegalRequests(operation))
        {
            var answer = await sandbox.CallAsync(operation, request.ToJsonString());
            var seen = (answer.Status, answer.Code, answer.Reason);
            Assert.True(seen == (HttpStatusCode.BadRequest, "InvalidInputException", reason), $"{breach}: expected {reason}, got {seen}");
        }
        Assert.Equal(0, sandbox.Sandbox.Calls.Writes);
    }

    [Theory]
    [MemberData(nameof(OrganizationsOperationNames))]
    public async Task Organizations_takes_the_least_that_the_model_allows(string operation)
    {
        Assert.SkipUnless(OrganizationsOperations.All.ContainsKey(operation), "The sandbox does not have this operation.");
        using var sandbox = new TestSandbox();
        foreach (var request in new[] { Organizations.Least(operation + "Request"), Organizations.Full(operation + "Request") })
        {
            var answer = await sandbox.CallAsync(operation, request.ToJsonString());
            // What the organization itself doesn't allow may still be refused; that has other words.
            Assert.DoesNotContain("You provided an invalid value.", answer.Body);
            Assert.NotEqual("SerializationException", answer.Code);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.Status);
        }
    }

    [Theory]
    [MemberData(nameof(StsOperationNames))]
    public async Task Sts_refuses_the_first_illegal_value_of_each_constraint(string operation)
    {
        using var sandbox = new TestSandbox();
        foreach (var (breach, request, _) in Sts.IllegalRequests(operation))
        {
            var answer = await sandbox.SendAsync(TestSandbox.StsRequest(Form(operation, request)));
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{breach}: {answer.Body}");
            Assert.Equal("ValidationError", XDocument.Parse(answer.Body).Descendants().Single(element => element.Name.LocalName == "Code").Value);
            Assert.Contains("failed to satisfy constraint: Member must", answer.Body);
        }
    }

    [Fact]
    public async Task Length_is_counted_in_characters_and_a_pattern_sees_characters_too()
    {
        using var sandbox = new TestSandbox();
        var root = sandbox.Sandbox.Read(state => state.Root.Id);
        var light = string.Concat(Enumerable.Repeat("\U0001F6A6", 128));
        Assert.Null((await sandbox.CallAsync("CreateOrganizationalUnit", $$"""{"ParentId":"{{root}}","Name":"{{light}}"}""")).Code);
        // A letter outside the first plane is a letter; a pictograph is none.
        Assert.Null((await sandbox.CallAsync("TagResource", $$"""{"ResourceId":"{{root}}","Tags":[{"Key":"{{"\U00020000"}}","Value":"{{"\U0001D7D8"}}"}]}""")).Code);
        var refused = await sandbox.CallAsync("TagResource", $$"""{"ResourceId":"{{root}}","Tags":[{"Key":"{{"\U0001F6A6"}}","Value":""}]}""");
        Assert.Equal(("InvalidInputException", "INVALID_PATTERN"), (refused.Code, refused.Reason));
    }

    [Fact]
    public void The_generator_finds_every_kind_of_constraint()
    {
        var breaches = Organizations.Operations.SelectMany(Organizations.IllegalRequests).ToList();
        foreach (var reason in (string[])["INPUT_REQUIRED", "MIN_LENGTH_EXCEEDED", "MAX_LENGTH_EXCEEDED", "INVALID_PATTERN", "INVALID_PATTERN_TARGET_ID",
            "INVALID_ENUM", "INVALID_ENUM_POLICY_TYPE", "MIN_VALUE_EXCEEDED", "MAX_VALUE_EXCEEDED", "INVALID_LIST_MEMBER"])
            Assert.Contains(breaches, breach => breach.Reason == reason);
        Assert.True(breaches.Count > 200, $"{breaches.Count} illegal requests");
    }

    private static string Form(string operation, JsonObject request)
    {
        var pairs = new List<string> { $"Action={operation}", "Version=2011-06-15" };
        Add("", request);
        return string.Join('&', pairs);

        void Add(string name, JsonNode? node)
        {
            if (node is JsonObject members) foreach (var (key, value) in members) Add(name.Length == 0 ? key : $"{name}.{key}", value);
            else if (node is JsonArray { Count: > 0 } items) for (var i = 0; i < items.Count; i++) Add($"{name}.member.{i + 1}", items[i]);
            else pairs.Add($"{name}={Uri.EscapeDataString(node is JsonArray ? "" : node!.ToString())}");
        }
    }

    private sealed partial class Model
    {
        private readonly JsonElement _shapes;

        public Model(string path)
        {
            var root = typeof(ModelValidationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(data => data.Key == "GuardrailsRoot").Value!;
            var model = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, path))).RootElement;
            _shapes = model.GetProperty("shapes");
            Operations = [.. model.GetProperty("operations").EnumerateObject().Select(operation => operation.Name)];
        }

        public IReadOnlyList<string> Operations { get; }

        /// <summary>A legal value of the type, with the required members only.</summary>
        public JsonNode Least(string type) => Legal(type, required: true);

        /// <summary>A legal value with every member.</summary>
        public JsonNode Full(string type) => Legal(type, required: false);

        public IEnumerable<(string Breach, JsonObject Request, string Reason)> IllegalRequests(string operation)
        {
            var type = operation + "Request";
            foreach (var (breach, value, reason) in Illegal(type, false)) yield return ($"{operation} {breach}", (JsonObject)value, reason);
        }

        private IEnumerable<(string Breach, JsonNode Value, string Reason)> Illegal(string type, bool inList)
        {
            if (_shapes.TryGetProperty(type, out var shape) && shape.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in shape.EnumerateObject())
                {
                    var (memberType, required) = Member(member.Value.GetString()!);
                    var legal = (JsonObject)Full(type);
                    if (required) yield return ($"{member.Name} missing", Without(legal, member.Name), "INPUT_REQUIRED");
                    foreach (var (breach, value, reason) in Illegal(memberType, false))
                        yield return ($"{member.Name} {breach}", With(legal, member.Name, value), reason);
                }
                yield break;
            }
            if (shape.ValueKind == JsonValueKind.Array)
            {
                var unknown = type.EndsWith("PolicyType", StringComparison.Ordinal) ? "INVALID_ENUM_POLICY_TYPE" : "INVALID_ENUM";
                yield return ("unknown value", JsonValue.Create("NO_SUCH_VALUE"), inList ? "INVALID_LIST_MEMBER" : unknown);
                yield break;
            }
            var definition = Definition(type);
            if (definition.Base.StartsWith('['))
            {
                var item = definition.Base[1..^1];
                foreach (var (breach, value, reason) in Illegal(item, true)) yield return ($"[0] {breach}", new JsonArray(value), reason);
                if (definition.Maximum is not { } most) yield break;
                yield return ("too many items", new JsonArray([.. Enumerable.Range(0, (int)most + 1).Select(_ => Full(item))]), "MAX_LENGTH_EXCEEDED");
                yield break;
            }
            if (definition.Base == "int")
            {
                if (definition.Minimum is { } low) yield return ("too small", JsonValue.Create((int)low - 1), "MIN_VALUE_EXCEEDED");
                if (definition.Maximum is { } high) yield return ("too large", JsonValue.Create((int)high + 1), "MAX_VALUE_EXCEEDED");
                yield break;
            }
            if (definition.Minimum > 0)
            {
                var text = Sample(type)[..((int)definition.Minimum - 1)];
                yield return ("too short", JsonValue.Create(text), inList ? "INVALID_LIST_MEMBER" : "MIN_LENGTH_EXCEEDED");
            }
            if (definition.Maximum is { } longest)
            {
                // Characters, not UTF-16 units: as many as are allowed, and one more.
                var text = string.Concat(Enumerable.Repeat("\U0001F6A6", (int)longest + 1));
                yield return ("too long", JsonValue.Create(text), inList ? "INVALID_LIST_MEMBER" : "MAX_LENGTH_EXCEEDED");
            }
            if (Breaking(definition) is { } wrong)
            {
                var reason = inList ? "INVALID_LIST_MEMBER" : type == "PolicyTargetId" ? "INVALID_PATTERN_TARGET_ID" : "INVALID_PATTERN";
                yield return ("pattern broken", JsonValue.Create(wrong), reason);
                if (type is "TaggableResourceId" or "PolicyTargetId")
                    yield return ("ARN for id", JsonValue.Create("arn:aws:x::1:account/o-1/123456789012"), reason);
                if (type == "AccountId") yield return ("other digits", JsonValue.Create("１２３４５６７８９０１２"), reason);
            }
        }

        /// <summary>A value of legal length that the pattern doesn't match; null: every value matches.</summary>
        private static string? Breaking(Definition definition)
        {
            if (definition.Pattern is null) return null;
            // ECMAScript for ASCII digits and words, which knows no Unicode categories.
            var options = definition.Pattern.Contains("\\p{", StringComparison.Ordinal) ? RegexOptions.None : RegexOptions.ECMAScript;
            var pattern = new Regex($"^(?:{definition.Pattern})$", options, TimeSpan.FromSeconds(1));
            var length = (int)Math.Max(definition.Minimum ?? 1, 1);
            return new[] { "!", "\u0001", "é", "\u2603" }.Select(c => string.Concat(Enumerable.Repeat(c, length)))
                .FirstOrDefault(value => !pattern.IsMatch(value));
        }

        private JsonNode Legal(string type, bool required)
        {
            if (!_shapes.TryGetProperty(type, out var shape) || shape.ValueKind == JsonValueKind.String)
            {
                var definition = Definition(type);
                if (definition.Base.StartsWith('[')) return new JsonArray(Legal(definition.Base[1..^1], required));
                if (definition.Base == "int") return JsonValue.Create((int)(definition.Minimum ?? 1));
                return JsonValue.Create(Sample(type));
            }
            if (shape.ValueKind == JsonValueKind.Array) return JsonValue.Create(shape[0].GetString()!);
            var result = new JsonObject();
            foreach (var member in shape.EnumerateObject())
            {
                var (memberType, isRequired) = Member(member.Value.GetString()!);
                if (isRequired || !required) result[member.Name] = Legal(memberType, required);
            }
            return result;
        }

        /// <summary>The shortest legal value; a type that is new in the model must be added here.</summary>
        private static string Sample(string type) => type switch
        {
            "AccountId" => "123456789012",
            "ChildId" or "PolicyTargetId" or "TaggableResourceId" => "123456789012",
            "CreateAccountName" or "OrganizationalUnitName" or "PolicyName" or "PolicyContent" or "TagKey" or "tagKeyType" or "ServicePrincipal" => "a",
            "CreateAccountRequestId" => "car-01234567",
            "Email" => "a@b.co",
            "NextToken" or "PolicyDescription" or "TagValue" or "tagValueType" => "",
            "OrganizationalUnitId" => "ou-abcd-01234567",
            "ParentId" or "RootId" => "r-abcd",
            "PolicyId" => "p-01234567",
            "RoleName" => "R",
            "arnType" => "arn:aws:iam::123456789012:role/R",
            "contextAssertionType" => "abcd",
            "externalIdType" or "roleSessionNameType" or "sourceIdentityType" => "ab",
            "serialNumberType" => "123456789",
            "tokenCodeType" => "123456",
            "unrestrictedSessionPolicyDocumentType" => "{",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A type without a sample."),
        };

        private Definition Definition(string type)
        {
            var text = _shapes.TryGetProperty(type, out var shape) ? shape.GetString()! : type;
            var match = Parts().Match(text);
            return new Definition(match.Groups["base"].Value, Number(match.Groups["min"].Value), Number(match.Groups["max"].Value),
                match.Groups["pattern"].Success ? match.Groups["pattern"].Value : null);
        }

        private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

        private static (string Type, bool Required) Member(string text) => (text.Split(' ')[0], text.Contains(" !", StringComparison.Ordinal));

        private static JsonObject Without(JsonObject value, string member)
        {
            value.Remove(member);
            return value;
        }

        private static JsonObject With(JsonObject value, string member, JsonNode other)
        {
            var copy = (JsonObject)value.DeepClone();
            copy[member] = other;
            return copy;
        }

        [GeneratedRegex(@"^(?<base>\S+)(?: (?<min>-?\d*)\.\.(?<max>\d*))?(?: /(?<pattern>.*)/)?$", RegexOptions.Singleline)]
        private static partial Regex Parts();
    }

    private sealed record Definition(string Base, double? Minimum, double? Maximum, string? Pattern);
}
