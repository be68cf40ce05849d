namespace Guardrails;

/// <summary>An account's settings as they are, as far as a request asks for them.</summary>
/// <param name="Access">What of the requested access stands.</param>
internal sealed record AccountSettings(
    IReadOnlyDictionary<AlternateContactType, AlternateContact?> Contacts, IReadOnlyDictionary<string, RegionState> Regions, IReadOnlySet<AccountAccess> Access)
{
    /// <summary>Why they could not be read.</summary>
    public CloudException? Fault { get; private init; }

    public static AccountSettings None { get; } =
        new(new Dictionary<AlternateContactType, AlternateContact?>(), new Dictionary<string, RegionState>(), new HashSet<AccountAccess>());

    /// <summary>Asks only for what the request names. A refusal concerns only this account, so it is kept and not thrown.</summary>
    public static async Task<AccountSettings> ReadAsync(CloudPorts cloud, AccountRequest request, string accountId, AccessDirectory directory, CallScope scope)
    {
        try
        {
            var contacts = Task.WhenAll(request.Contacts.Keys.Select(async type => (type, Contact: await cloud.Settings.FindContactAsync(accountId, type, scope))));
            var regions = Task.WhenAll(request.Regions.Distinct(StringComparer.Ordinal).Select(async region => (region, State: await cloud.Settings.GetRegionAsync(accountId, region, scope))));
            var access = AccessAsync(cloud.Access, request, accountId, directory, scope);
            await Task.WhenAll(contacts, regions, access);
            return new AccountSettings(
                (await contacts).ToDictionary(one => one.type, one => one.Contact), (await regions).ToDictionary(one => one.region, one => one.State), await access);
        }
        catch (CloudException e)
        {
            return None with { Fault = e };
        }
    }

    private static async Task<IReadOnlySet<AccountAccess>> AccessAsync(
        IAccountAccessPort port, AccountRequest request, string accountId, AccessDirectory directory, CallScope scope)
    {
        var stands = new HashSet<AccountAccess>();
        if (directory.Center is null) return stands;
        foreach (var sameSet in request.Access.Where(one => directory.ProblemWith(one) is null).GroupBy(one => one.PermissionSet, StringComparer.Ordinal))
        {
            var principals = await port.ListAssignmentsAsync(directory.PlaceOf(sameSet.First(), accountId), scope);
            stands.UnionWith(sameSet.Where(one => principals.Contains(directory.PrincipalOf(one)!)));
        }
        return stands;
    }
}
