using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>AWS Account Management: contacts, Regions and names of accounts.</summary>
/// <remarks>
/// Who may name another account: AWS Account Management API reference, AccountId of each operation (August 2026); that trusted access must be enabled,
/// and that the management account must not name itself, is answered with AccessDeniedException (turbot/steampipe-plugin-aws issue 1309).
/// </remarks>
internal static class AccountManagementOperations
{
    public const string ServicePrincipal = "account.amazonaws.com";
    private const int DefaultPageSize = 20;

    public static IReadOnlyDictionary<string, Operation> All { get; } = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["PutAlternateContact"] = On(PutContact, "PutAlternateContact"),
        ["GetAlternateContact"] = On(GetContact, "GetAlternateContact"),
        ["DeleteAlternateContact"] = On(DeleteContact, "DeleteAlternateContact"),
        ["PutAccountName"] = On(PutName, "PutAccountName"),
        ["GetAccountInformation"] = On(GetInformation, "GetAccountInformation"),
        ["ListRegions"] = On(ListRegions, "ListRegions"),
        ["GetRegionOptStatus"] = On(GetRegion, "GetRegionOptStatus"),
        ["EnableRegion"] = On((call, account, input) => Opt(call, account, input, true), "EnableRegion"),
        ["DisableRegion"] = On((call, account, input) => Opt(call, account, input, false), "DisableRegion"),
    };

    private static Operation On(Func<CallContext, AccountEntity, JsonObject, JsonObject> operation, string name) => (call, input) =>
    {
        AccountLifecycle.Advance(call.State, call.Now, call.Quotas);
        return operation(call, Target(call, input, name), input);
    };

    private static AccountEntity Target(CallContext call, JsonObject input, string operation)
    {
        var (state, caller) = (call.State, call.Caller.AccountId);
        AwsError Denied(string why) => new("AccessDeniedException", $"User: {call.Caller.Arn} is not authorized to perform: account:{operation}{why}", status: 403);

        if (state.Organization is null || !state.TryFind<AccountEntity>(caller, out var own)) throw Denied(" (The sandbox knows accounts of its organization only.)");
        if (input.TextOrNull("AccountId") is not { } id) return own;
        if (id == state.ManagementAccountId) throw Denied(" (The management account can only be managed using the standalone context from the management account.)");
        var delegated = state.FindDelegation(caller)?.Services.Any(grant => grant.Id == ServicePrincipal) == true;
        if (caller != state.ManagementAccountId && !delegated) throw Denied("");
        if (state.Organization.FeatureSet != "ALL" || state.FindServiceAccess(ServicePrincipal) is null)
            throw Denied(" (Your organization must first enable trusted access with AWS Account Management.)");
        return state.TryFind<AccountEntity>(id, out var account) ? account : throw Denied("");
    }

    private static JsonObject PutContact(CallContext call, AccountEntity account, JsonObject input)
    {
        account.Settings.Contacts[input.Text("AlternateContactType")] =
            new(input.Text("Name"), input.Text("Title"), input.Text("EmailAddress"), input.Text("PhoneNumber"));
        return [];
    }

    private static JsonObject GetContact(CallContext call, AccountEntity account, JsonObject input)
    {
        var type = input.Text("AlternateContactType");
        if (!account.Settings.Contacts.TryGetValue(type, out var contact)) throw NoContact();
        return new JsonObject
        {
            ["AlternateContact"] = new JsonObject
            {
                ["AlternateContactType"] = type,
                ["Name"] = contact.Name,
                ["Title"] = contact.Title,
                ["EmailAddress"] = contact.EmailAddress,
                ["PhoneNumber"] = contact.PhoneNumber,
            },
        };
    }

    private static JsonObject DeleteContact(CallContext call, AccountEntity account, JsonObject input) =>
        account.Settings.Contacts.Remove(input.Text("AlternateContactType")) ? [] : throw NoContact();

    private static AwsError NoContact() => new("ResourceNotFoundException", "No contact of the inputted alternate contact type found.", status: 404);

    private static JsonObject PutName(CallContext call, AccountEntity account, JsonObject input)
    {
        account.Name = input.Text("AccountName");
        return [];
    }

    private static JsonObject GetInformation(CallContext call, AccountEntity account, JsonObject input) => new()
    {
        ["AccountId"] = account.Id,
        ["AccountName"] = account.Name,
        ["AccountCreatedDate"] = account.Joined.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["AccountState"] = account.State == "PENDING_CLOSURE" ? "ACTIVE" : account.State,
    };

    private static JsonObject ListRegions(CallContext call, AccountEntity account, JsonObject input)
    {
        var wanted = input.Texts("RegionOptStatusContains").ToHashSet(StringComparer.Ordinal);
        var after = Decoded(input.TextOrNull("NextToken"));
        var left = Regions.Of(AccessKeys.PartitionOf(call.State)).Select(region => (region.Key, Status: Status(call, account, region.Key, region.Value)))
            .Where(region => (wanted.Count == 0 || wanted.Contains(region.Status)) && string.CompareOrdinal(region.Key, after) > 0).ToList();
        var page = left.Take(input.NumberOrNull("MaxResults") ?? DefaultPageSize).ToList();
        var answer = new JsonObject { ["Regions"] = page.Select(region => (JsonNode)Show(region.Key, region.Status)).Array() };
        if (page.Count < left.Count) answer["NextToken"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(page[^1].Key));
        return answer;
    }

    private static string Decoded(string? token)
    {
        try
        {
            return token is null ? "" : Encoding.ASCII.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw Invalid("fieldValidationFailed", "The token is not one that ListRegions gave.");
        }
    }

    private static JsonObject GetRegion(CallContext call, AccountEntity account, JsonObject input)
    {
        var region = input.Text("RegionName");
        return Show(region, Status(call, account, region, IsDefault(call, region)));
    }

    private static JsonObject Opt(CallContext call, AccountEntity account, JsonObject input, bool enable)
    {
        var region = input.Text("RegionName");
        if (IsDefault(call, region)) throw Invalid("invalidRegionOptTarget", $"{region} is enabled by default and cannot be opted in to or out of.");
        var now = account.Settings.Regions.GetValueOrDefault(region) ?? new RegionOpt(false, DateTimeOffset.MinValue);
        if (now.Enable == enable) return [];
        if (now.IsUnderWay(call.Now))
            throw new AwsError("ConflictException", $"The Region {region} is {now.StatusAt(call.Now)}. Try again when that has ended.", status: 409);
        if (UnderWay(call, account) >= call.Quotas.RegionOptsPerAccount || call.State.Accounts.Sum(one => UnderWay(call, one)) >= call.Quotas.RegionOptsPerOrganization)
            throw new AwsError("TooManyRequestsException", "Too many Region opt requests are under way. Try again later.", status: 429);
        account.Settings.Regions[region] = new RegionOpt(enable, call.Now + call.State.Behavior.RegionOptTime);
        return [];
    }

    private static int UnderWay(CallContext call, AccountEntity account) => account.Settings.Regions.Values.Count(opt => opt.IsUnderWay(call.Now));

    private static bool IsDefault(CallContext call, string region) => Regions.Of(AccessKeys.PartitionOf(call.State)).TryGetValue(region, out var enabled)
        ? enabled
        : throw Invalid("invalidRegionOptTarget", $"{region} is not a Region of this partition.");

    private static string Status(CallContext call, AccountEntity account, string region, bool byDefault) =>
        byDefault ? "ENABLED_BY_DEFAULT" : account.Settings.Regions.GetValueOrDefault(region)?.StatusAt(call.Now) ?? "DISABLED";

    private static JsonObject Show(string region, string status) => new() { ["RegionName"] = region, ["RegionOptStatus"] = status };

    private static AwsError Invalid(string reason, string message) => new("ValidationException", message) { Members = new JsonObject { ["reason"] = reason } };
}
