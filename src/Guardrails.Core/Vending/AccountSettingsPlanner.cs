namespace Guardrails;

/// <summary>The changes of an account's contacts, Regions and access: the difference between what is asked for and what is there.</summary>
internal static class AccountSettingsPlanner
{
    /// <param name="now">As it is; <see cref="AccountSettings.None"/> for an account that is still to be made.</param>
    public static IEnumerable<Change> Changes(AccountRequest request, AccountReference at, AccountSettings now, AccessDirectory directory) =>
        request.Contacts.Count + request.Regions.Count + request.Access.Count == 0 ? [] : All(request, at, now, directory);

    /// <summary>What a person is told beside the outcome; null where there is nothing.</summary>
    public static string? Note(AccountRequest request, AccessDirectory directory) => request.Access.Count == 0 || directory.Center is not null ? null
        : "Nobody was given access: no IAM Identity Center is to be seen in the connection's Region. Connect with the Region that it is in, if there is one.";

    private static IEnumerable<Change> All(AccountRequest request, AccountReference at, AccountSettings now, AccessDirectory directory)
    {
        foreach (var (type, contact) in request.Contacts)
            if (now.Contacts.GetValueOrDefault(type) is var before && before != contact) yield return AlternateContactChanges.Set(at, type, before, contact);
        foreach (var region in request.Regions)
        {
            RegionState? state = now.Regions.TryGetValue(region, out var known) ? known : null;
            if (state is null or RegionState.Disabled or RegionState.Disabling) yield return RegionChanges.Enable(at, region, state);
        }
        if (directory.Center is not { } center) yield break;
        foreach (var access in request.Access)
            if (!now.Access.Contains(access))
                yield return AccountAccessChanges.Assign(at, access, center.InstanceArn, directory.PermissionSetOf(access), directory.PrincipalOf(access)!);
    }
}
