namespace Guardrails;

/// <summary>
/// Waits until an account can be worked in: its role can be assumed, and tags, contacts, Regions and access stand as asked for. It writes
/// nothing and so is no change of a plan: it holds no lane while AWS takes its time, and after a crash the same command looks again.
/// </summary>
internal sealed class AccountReadiness(CloudPorts cloud, TimeSpan timeout)
{
    /// <summary>The role that AWS makes in a new account where none is named.</summary>
    public const string DefaultRoleName = "OrganizationAccountAccessRole";

    /// <summary>Why the account is not ready, all of it; null where it is.</summary>
    /// <param name="changed">Something about it was just changed: false looks at the settings once only.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<string?> WaitAsync(AccountPlanRow row, string accountId, bool changed, CallScope scope)
    {
        var started = cloud.Clock.GetUtcNow();
        // The role of an account that has been there for longer will not come by itself.
        var roleUntil = row.Account is not { } account ? started + timeout : (account.JoinedTimestamp ?? DateTimeOffset.MinValue) + timeout;
        var settingsUntil = changed ? started + timeout : started;
        var role = row.Request.RoleName ?? DefaultRoleName;
        List<Check> open =
        [
            new(roleUntil, async () => await cloud.Settings.WhyNotAssumableAsync(accountId, role, scope) is { } why ? $"the role {role} cannot be assumed: {why}" : null),
            new(settingsUntil, () => SettingsAsync(row, accountId, scope)),
        ];
        if (row.Request.Tags.Count > 0) open.Add(new(settingsUntil, () => TagsAsync(row.Request, accountId, scope)));

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
        if (row.Note is { } note) given.Add(note);
        return given.Count == 0 ? null : string.Join(" ", given.Select(Sentence));
    }

    private async Task<string?> TagsAsync(AccountRequest request, string accountId, CallScope scope)
    {
        var tags = await cloud.Organization.ReadTagsAsync(accountId, scope);
        var wrong = request.Tags.Where(tag => tags.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => tag.Key).ToList();
        return wrong.Count == 0 ? null : $"tags are not as asked for: {string.Join(", ", wrong)}";
    }

    private async Task<string?> SettingsAsync(AccountPlanRow row, string accountId, CallScope scope)
    {
        var now = await AccountSettings.ReadAsync(cloud, row.Request, accountId, row.Directory, scope);
        if (now.Fault is { } fault) return $"{fault.Operation}: {fault.Message}";
        var reasons = row.Request.Contacts.Where(one => now.Contacts[one.Key] != one.Value).Select(one => $"the contact {AlternateContactChanges.NameOf(one.Key)} is not as asked for")
            .Concat(row.Request.Regions.Where(region => now.Regions[region] is not (RegionState.Enabled or RegionState.EnabledByDefault))
                .Select(region => $"the Region {region} is {now.Regions[region].ToString().ToLowerInvariant()}"))
            .Concat(row.Directory.Center is null ? [] : row.Request.Access.Where(one => !now.Access.Contains(one)).Select(one => $"access is not given: {one}"))
            .ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
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
