using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox.Tests;

/// <summary>An organization called through the operations themselves, without a wire, with a time that stands until it is moved.</summary>
internal sealed class OrganizationsTestBed
{
    public const string Management = "111122223333";

    public OrganizationsTestBed(string? quotas = null, bool founded = true, int seed = 7)
    {
        State = new OrganizationState(seed, Management, "root@example.com", "management")
        {
            Behavior = new SandboxBehavior { EmptyPageEvery = 0 },
            AccountQuota = null,
        };
        if (quotas is not null) Quotas = SandboxQuotas.Create(JsonDocument.Parse(quotas).RootElement);
        if (founded) Call("CreateOrganization", "{}");
    }

    public OrganizationState State { get; set; }

    public SandboxQuotas Quotas { get; } = SandboxQuotas.Default;

    public DateTimeOffset Now { get; set; } = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    public string Caller { get; set; } = Management;

    public string Root => State.Root.Id;

    public JsonObject Call(string operation, string input) => Call(operation, (JsonObject)JsonNode.Parse(input)!);

    public JsonObject Call(string operation, JsonObject input) =>
        OrganizationsOperations.All[operation](new CallContext(State, new Caller(Caller, $"arn:aws:iam::{Caller}:user/test", "AIDATEST"), Now, Quotas), input);

    /// <summary>The code of the error that the call must end with, and its reason after a slash.</summary>
    public string Refused(string operation, string input) => Refused(operation, (JsonObject)JsonNode.Parse(input)!);

    public string Refused(string operation, JsonObject input)
    {
        var before = Bytes();
        var error = Xunit.Assert.Throws<AwsError>(() => Call(operation, input));
        // What is refused has no effect. (Time may have had one: the tests that move it do not come here with something due.)
        Xunit.Assert.Equal(before, Bytes());
        return error.Reason is null ? error.Code : $"{error.Code}/{error.Reason}";
    }

    public void Pass(TimeSpan time) => Now += time;

    public string CreateUnit(string parent, string name) =>
        (string)Call("CreateOrganizationalUnit", new JsonObject { ["ParentId"] = parent, ["Name"] = name })["OrganizationalUnit"]!["Id"]!;

    public JsonObject AskForAccount(string name, string? email = null) =>
        (JsonObject)Call("CreateAccount", new JsonObject { ["AccountName"] = name, ["Email"] = email ?? $"{name}@example.com" })["CreateAccountStatus"]!;

    /// <summary>An account that is ready, in the root.</summary>
    public string CreateAccount(string name, string? email = null)
    {
        var request = (string)AskForAccount(name, email)["Id"]!;
        Pass(TimeSpan.FromMinutes(1));
        return (string)Status(request)["AccountId"]!;
    }

    public JsonObject Status(string request) =>
        (JsonObject)Call("DescribeCreateAccountStatus", new JsonObject { ["CreateAccountRequestId"] = request })["CreateAccountStatus"]!;

    public JsonObject Account(string id) => (JsonObject)Call("DescribeAccount", new JsonObject { ["AccountId"] = id })["Account"]!;

    public const string DenyLeave = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}}""";

    public string CreatePolicy(string name, string type = "SERVICE_CONTROL_POLICY", string content = DenyLeave) =>
        (string)Call("CreatePolicy", PolicyInput(name, type, content))["Policy"]!["PolicySummary"]!["Id"]!;

    public static JsonObject PolicyInput(string name, string type = "SERVICE_CONTROL_POLICY", string content = DenyLeave) =>
        new() { ["Name"] = name, ["Description"] = "", ["Type"] = type, ["Content"] = content };

    public void Attach(string policy, string target) => Call("AttachPolicy", Attachment(policy, target));

    public static JsonObject Attachment(string policy, string target) => new() { ["PolicyId"] = policy, ["TargetId"] = target };

    /// <summary>All items of a listing, over all its pages.</summary>
    public List<JsonObject> All(string operation, string member, JsonObject? input = null)
    {
        var items = new List<JsonObject>();
        string? token = null;
        do
        {
            var request = input is null ? [] : (JsonObject)input.DeepClone();
            if (token is not null) request["NextToken"] = token;
            var page = Call(operation, request);
            items.AddRange(page[member]!.AsArray().Select(item => (JsonObject)item!));
            token = (string?)page["NextToken"];
        }
        while (token is not null);
        return items;
    }

    public byte[] Bytes() => Bytes(State);

    public static byte[] Bytes(OrganizationState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) state.Write(json);
        return buffer.WrittenSpan.ToArray();
    }

    public static OrganizationState Read(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return OrganizationState.Read(json.RootElement);
    }
}
