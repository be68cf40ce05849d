namespace Guardrails;

/// <summary>
/// The move of an organizational unit to another parent, as changes. AWS has no call for it (Organizations API reference, actions, read
/// 2026-11-25): the unit and those in it are made at the new place with their tags and policies, their accounts are moved, and the old ones
/// are deleted when they are empty. No account is moved to where a policy that bound it is still missing.
/// </summary>
internal static class OrganizationalUnitMove
{
    private const string FullAccess = "p-FullAWSAccess";

    /// <summary>What must be read of the organization.</summary>
    public const OrganizationDetail Needs = OrganizationDetail.Tags | OrganizationDetail.AwsManagedAttachments;

    /// <summary>Why it cannot be moved there, in words; null where it can.</summary>
    public static string? Refusal(Organization organization, OrganizationalUnit unit, OrganizationalUnit parent)
    {
        if (unit.IsRoot) return "The root of an organization cannot be moved.";
        if (organization.Gaps.Count > 0) return $"The organization could not be read as a whole, and what is not seen would be left behind: {organization.Gaps[0]}";
        var all = WithThoseIn(organization, unit).ToList();
        if (all.Exists(one => one.Id == parent.Id)) return $"'{parent.Path}' is '{unit.Path}' or in it: an organizational unit cannot be moved into itself.";
        if (organization.UnitsIn(parent.Id).FirstOrDefault(one => one.Name == unit.Name) is { } there)
            return $"There is an organizational unit '{there.Path}' already; its accounts and policies would be mixed with those of '{unit.Path}'.";
        // AWS attaches it to every new organizational unit: there an allow list would not bind any more.
        if (!organization.PolicyTypes.Contains(PolicyTypes.ServiceControlPolicy)) return null;
        if (organization.PolicyById(FullAccess) is not { } full || all.Find(one => !full.Targets.Contains(one.Id)) is not { } restricted) return null;
        return $"{full.Name} was taken off '{restricted.Path}', and AWS would attach it to the new one: its accounts could do more there.";
    }

    /// <param name="organization">With <see cref="Needs"/>.</param>
    public static IReadOnlyList<Change> Changes(Organization organization, OrganizationalUnit unit, OrganizationalUnit parent)
    {
        var made = new List<Change>();
        var moved = new List<Change>();
        var deleted = new List<Change>();
        _ = Add(unit, OrganizationPath.Join(parent.Path, unit.Name), []);
        return [.. made, .. moved, .. deleted];

        // The deletion of the old one. What is made in the new one waits until the new one is bound as the old one is.
        Change Add(OrganizationalUnit from, string path, IReadOnlyList<string> after)
        {
            var create = OrganizationalUnitChanges.Create(path, after.Count == 0 ? parent : null, null);
            create = create with { After = create.After.WithTags(OwnTags(from)).WithTags(Ownership.Tags), DependsOn = after };
            Change[] attach = [.. organization.PoliciesOn(from.Id).Where(policy => !policy.AwsManaged).Select(policy => PolicyAttachmentChanges.Attach(policy, create))];
            made.AddRange([create, .. attach]);
            string[] bound = [create.Id, .. attach.Select(change => change.Id)];
            // The place that an account comes from is deleted: its move cannot be undone by itself.
            Change[] moves = [.. organization.AccountsIn(from.Id).Select(account =>
                AccountChanges.Move(AccountChanges.AddressOf(account), account, organization.Root, path, null, bound) with { Reversibility = Reversibility.Compensable })];
            moved.AddRange(moves);
            string[] below = [.. organization.UnitsIn(from.Id).Select(child => Add(child, OrganizationPath.Join(path, child.Name), bound).Id)];
            var delete = OrganizationalUnitChanges.Delete(from, [.. bound, .. moves.Select(change => change.Id), .. below]);
            deleted.Add(delete);
            return delete;
        }
    }

    /// <summary>The unit and all that are in it, each before those in it.</summary>
    public static IEnumerable<OrganizationalUnit> WithThoseIn(Organization organization, OrganizationalUnit unit) =>
        organization.UnitsIn(unit.Id).SelectMany(one => WithThoseIn(organization, one)).Prepend(unit);

    private static Dictionary<string, string> OwnTags(OrganizationalUnit unit) =>
        (unit.Tags ?? Facts.None).Where(tag => !AccountRequestCheck.IsOfAws(tag.Key)).ToDictionary(StringComparer.Ordinal);
}
