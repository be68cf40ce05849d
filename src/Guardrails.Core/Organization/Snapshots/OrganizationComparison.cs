using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails;

/// <summary>What differs between two readings of an organization.</summary>
/// <remarks>
/// Objects are the same where their ids are. What one side did not read (tags, documents, services) is no difference. An object has moved
/// where its own parent is another one: what is below a unit that moved or was renamed has not. Documents of policies differ where
/// they mean another JSON value, not where only white space or the order of members differs. Attachments of policies that AWS owns to
/// something that is new or gone are left out: AWS makes and removes those itself.
/// </remarks>
internal sealed class OrganizationComparison
{
    public const string Content = "Content";

    private readonly Organization _before;
    private readonly Organization _after;
    private readonly List<OrganizationDifference> _differences = [];

    private OrganizationComparison(Organization before, Organization after) => (_before, _after) = (before, after);

    /// <summary>The differences by kind, then by path.</summary>
    public static IReadOnlyList<OrganizationDifference> Compare(Organization before, Organization after)
    {
        var comparison = new OrganizationComparison(before, after);
        comparison.CompareOrganization();
        comparison.CompareUnits();
        comparison.CompareAccounts();
        comparison.ComparePolicies();
        comparison.CompareAttachments();
        comparison.CompareServices();
        return [.. comparison._differences
            .OrderBy(one => one.Kind)
            .ThenBy(one => one.Path, OrganizationPath.TreeOrder)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .ThenBy(one => one.TargetId, StringComparer.Ordinal)
            .ThenBy(one => one.Change)
            .ThenBy(one => one.Property, StringComparer.Ordinal)
            .ThenBy(one => one.After ?? one.Before, StringComparer.Ordinal)];
    }

    private void CompareOrganization()
    {
        Property(DifferenceKind.Organization, _after.Id, null, null, "Id", _before.Id, _after.Id);
        Property(DifferenceKind.Organization, _after.Id, null, null, nameof(Organization.FeatureSet), _before.FeatureSet, _after.FeatureSet);
        Property(DifferenceKind.Organization, _after.Id, null, null, nameof(Organization.ManagementAccountId), _before.ManagementAccountId, _after.ManagementAccountId);
        Names(DifferenceKind.PolicyType, _before.PolicyTypes, _after.PolicyTypes);
    }

    private void CompareUnits()
    {
        const DifferenceKind Kind = DifferenceKind.OrganizationalUnit;
        foreach (var (old, now) in Pairs(_before.OrganizationalUnits.Prepend(_before.Root), _after.OrganizationalUnits.Prepend(_after.Root), unit => unit.Id))
        {
            if (!InBoth(Kind, (old ?? now)!.Id, old?.Path, now?.Path)) continue;
            if (old!.ParentId != now!.ParentId) Add(DifferenceChange.Moved, Kind, now.Id, old.Path, now.Path);
            Property(Kind, now.Id, old.Path, now.Path, nameof(now.Name), old.Name, now.Name);
            Tags(Kind, now.Id, old.Path, now.Path, old.Tags, now.Tags);
        }
    }

    private void CompareAccounts()
    {
        const DifferenceKind Kind = DifferenceKind.Account;
        foreach (var (old, now) in Pairs(_before.Accounts, _after.Accounts, account => account.Id))
        {
            if (!InBoth(Kind, (old ?? now)!.Id, old?.Path, now?.Path)) continue;
            if (old!.ParentId != now!.ParentId) Add(DifferenceChange.Moved, Kind, now.Id, old.Path, now.Path);
            Property(Kind, now.Id, old.Path, now.Path, nameof(now.Name), old.Name, now.Name);
            Property(Kind, now.Id, old.Path, now.Path, nameof(now.Email), old.Email, now.Email);
            Property(Kind, now.Id, old.Path, now.Path, nameof(now.State), old.State.ToString(), now.State.ToString());
            Tags(Kind, now.Id, old.Path, now.Path, old.Tags, now.Tags);
        }
    }

    private void ComparePolicies()
    {
        const DifferenceKind Kind = DifferenceKind.Policy;
        foreach (var (old, now) in Pairs(_before.Policies, _after.Policies, policy => policy.Id))
        {
            if (!InBoth(Kind, (old ?? now)!.Id, old?.Name, now?.Name)) continue;
            Property(Kind, now!.Id, old!.Name, now.Name, nameof(now.Name), old.Name, now.Name);
            Property(Kind, now.Id, old.Name, now.Name, nameof(now.Description), old.Description, now.Description);
            if (old.Content is not null && now.Content is not null && !SameDocument(old.Content, now.Content))
                Property(Kind, now.Id, old.Name, now.Name, Content, old.Content, now.Content);
            Tags(Kind, now.Id, old.Name, now.Name, old.Tags, now.Tags);
        }
    }

    private void CompareAttachments()
    {
        var before = Attachments(_before);
        var after = Attachments(_after);
        foreach (var (policy, target) in before.Except(after)) Attachment(DifferenceChange.Removed, _before, policy, target);
        foreach (var (policy, target) in after.Except(before)) Attachment(DifferenceChange.Added, _after, policy, target);
    }

    private void Attachment(DifferenceChange change, Organization side, string policyId, string targetId)
    {
        var policy = side.PolicyById(policyId)!;
        if (policy.AwsManaged && PathOf(_before, targetId) is null != PathOf(_after, targetId) is null) return;
        var path = PathOf(side, targetId) ?? targetId;
        _differences.Add(new OrganizationDifference
        {
            Change = change,
            Kind = DifferenceKind.Attachment,
            Id = policyId,
            TargetId = targetId,
            PathBefore = change == DifferenceChange.Removed ? path : null,
            PathAfter = change == DifferenceChange.Added ? path : null,
            Before = change == DifferenceChange.Removed ? policy.Name : null,
            After = change == DifferenceChange.Added ? policy.Name : null,
        });
    }

    private void CompareServices()
    {
        if (!_before.Detail.HasFlag(OrganizationDetail.Services) || !_after.Detail.HasFlag(OrganizationDetail.Services)) return;
        Names(DifferenceKind.ServiceAccess, _before.ServiceAccess, _after.ServiceAccess);
        var before = Delegations(_before);
        var after = Delegations(_after);
        foreach (var (account, service) in before.Except(after))
            Add(DifferenceChange.Removed, DifferenceKind.DelegatedAdministrator, account, PathOf(_before, account) ?? account, null, before: service);
        foreach (var (account, service) in after.Except(before))
            Add(DifferenceChange.Added, DifferenceKind.DelegatedAdministrator, account, null, PathOf(_after, account) ?? account, after: service);
    }

    private void Names(DifferenceKind kind, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach (var name in before.Except(after)) Add(DifferenceChange.Removed, kind, name, null, null);
        foreach (var name in after.Except(before)) Add(DifferenceChange.Added, kind, name, null, null);
    }

    private bool InBoth(DifferenceKind kind, string id, string? pathBefore, string? pathAfter)
    {
        if (pathBefore is not null && pathAfter is not null) return true;
        Add(pathBefore is null ? DifferenceChange.Added : DifferenceChange.Removed, kind, id, pathBefore, pathAfter);
        return false;
    }

    private void Tags(
        DifferenceKind kind, string id, string? pathBefore, string? pathAfter,
        IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? after)
    {
        if (before is null || after is null) return;
        foreach (var key in before.Keys.Union(after.Keys))
            Property(kind, id, pathBefore, pathAfter, "Tag:" + key, before.GetValueOrDefault(key), after.GetValueOrDefault(key));
    }

    private void Property(DifferenceKind kind, string id, string? pathBefore, string? pathAfter, string property, string? before, string? after)
    {
        if (before == after) return;
        Add(DifferenceChange.Changed, kind, id, pathBefore, pathAfter, property, before, after);
    }

    private void Add(
        DifferenceChange change, DifferenceKind kind, string id, string? pathBefore, string? pathAfter,
        string? property = null, string? before = null, string? after = null) =>
        _differences.Add(new OrganizationDifference
        {
            Change = change,
            Kind = kind,
            Id = id,
            PathBefore = pathBefore,
            PathAfter = pathAfter,
            Property = property,
            Before = before,
            After = after,
        });

    private static IEnumerable<(T? Before, T? After)> Pairs<T>(IEnumerable<T> before, IEnumerable<T> after, Func<T, string> idOf) where T : class
    {
        var now = after.ToDictionary(idOf, StringComparer.Ordinal);
        foreach (var old in before)
        {
            now.Remove(idOf(old), out var same);
            yield return (old, same);
        }
        foreach (var added in now.Values) yield return (null, added);
    }

    private static HashSet<(string Policy, string Target)> Attachments(Organization organization) =>
        [.. organization.Policies.SelectMany(policy => policy.Targets, (policy, target) => (policy.Id, target))];

    private static HashSet<(string Account, string Service)> Delegations(Organization organization) =>
        [.. organization.DelegatedAdministrators.SelectMany(one => one.ServicePrincipals, (one, service) => (one.AccountId, service))];

    private static string? PathOf(Organization organization, string id) => organization.AccountById(id)?.Path ?? organization.UnitById(id)?.Path;

    private static bool SameDocument(string before, string after)
    {
        if (before == after) return true;
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(before), JsonNode.Parse(after));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
