namespace Guardrails;

/// <summary>
/// Waits until an account can be worked in: its role can be assumed, and tags, contacts, Regions and access stand as asked for. It writes
/// nothing and so is no change of a plan: it holds no lane while AWS takes its time, and after a crash the same command looks again.
/// </summary>
internal sealed class AccountReadiness(CloudPorts cloud, TimeSpan timeout)
{
    /// <summary>Why the account is not ready, all of it; null where it is.</summary>
    /// <param name="changed">Something about it was just changed: false looks at the settings once only.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<string?> WaitAsync(AccountExpectation expected, string accountId, bool changed, CallScope scope)
    {
        var started = cloud.Clock.GetUtcNow();
        // The role of an account that has been there for longer will not come by itself.
        var roleUntil = expected.IsNew ? started + timeout : (expected.Joined ?? DateTimeOffset.MinValue) + timeout;
        var settingsUntil = changed ? started + timeout : started;
        List<Check> open =
        [
            new(roleUntil, () => RoleAsync(expected.RoleName, accountId, scope)),
            new(settingsUntil, () => SettingsAsync(expected, accountId, scope)),
        ];
        if (expected.Tags.Count > 0) open.Add(new(settingsUntil, () => TagsAsync(expected.Tags, accountId, scope)));

        var given = new List<string>();
        var pause = new Pause(cloud.Clock);
        while (true)
        {
            var whys = await Task.WhenAll(open.Select(check => check.LookAsync()));
            var now = cloud.Clock.GetUtcNow();
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (whys[i] is { } why && now < open[i].Until) continue;
                if (whys[i] is { } last) given.Add(last);
                open.RemoveAt(i);
            }
            if (open.Count == 0) break;
            await pause.WaitAsync(scope, open.Max(check => check.Until) - now);
        }
        if (expected.Note is { } note) given.Add(note);
        return given.Count == 0 ? null : string.Join(" ", given.Select(Sentence));
    }

    private async Task<string?> RoleAsync(string role, string accountId, CallScope scope)
    {
        if (await cloud.Settings.WhyNotAssumableAsync(accountId, role, scope) is not { } why) return null;
        var account = await cloud.Organization.FindAccountAsync(accountId, scope);
        return account is { State: AccountState.Closed or AccountState.PendingClosure or AccountState.Suspended } ? $"somebody else has closed it meanwhile: it is {account.State}"
            : $"the role {role} cannot be assumed: {why}";
    }

    private async Task<string?> TagsAsync(IReadOnlyDictionary<string, string> wanted, string accountId, CallScope scope)
    {
        var tags = await cloud.Organization.ReadTagsAsync(accountId, scope);
        var wrong = wanted.Where(tag => tags.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => tag.Key).ToList();
        return wrong.Count == 0 ? null : $"tags are not as asked for: {string.Join(", ", wrong)}";
    }

    private async Task<string?> SettingsAsync(AccountExpectation expected, string accountId, CallScope scope)
    {
        var looks = expected.Contacts.Select(one => ContactAsync(one.Key, one.Value, accountId, scope))
            .Concat(expected.Regions.Select(region => RegionAsync(region, accountId, scope)))
            .Concat(expected.Access.GroupBy(one => one.PermissionSetArn, StringComparer.Ordinal).Select(sameSet => AccessAsync([.. sameSet], accountId, scope)));
        var reasons = (await Task.WhenAll(looks)).OfType<string>().ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    private async Task<string?> ContactAsync(AlternateContactType type, AlternateContact? wanted, string accountId, CallScope scope) =>
        await cloud.Settings.FindContactAsync(accountId, type, scope) == wanted ? null : $"the contact {AlternateContactChanges.NameOf(type)} is not as asked for";

    private async Task<string?> RegionAsync(string region, string accountId, CallScope scope)
    {
        var state = await cloud.Settings.GetRegionAsync(accountId, region, scope);
        return state is RegionState.Enabled or RegionState.EnabledByDefault ? null : $"the Region {region} is {state.ToString().ToLowerInvariant()}";
    }

    private async Task<string?> AccessAsync(IReadOnlyList<ExpectedAccess> sameSet, string accountId, CallScope scope)
    {
        var place = new AssignmentPlace(sameSet[0].InstanceArn, sameSet[0].PermissionSetArn, accountId);
        var there = await cloud.Access.ListAssignmentsAsync(place, scope);
        var missing = sameSet.Where(one => !there.Contains(one.Principal)).Select(one => $"access is not given: {one.Access}").ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }

    private static string Sentence(string why) => char.ToUpperInvariant(why[0]) + why[1..] + (why.EndsWith('.') ? "" : ".");

    /// <param name="Look">Why it does not stand; null where it does.</param>
    private sealed record Check(DateTimeOffset Until, Func<Task<string?>> Look)
    {
        public async Task<string?> LookAsync()
        {
            try
            {
                return await Look();
            }
            catch (CloudException e)
            {
                return $"{e.Operation}: {e.Message}";
            }
        }
    }
}
