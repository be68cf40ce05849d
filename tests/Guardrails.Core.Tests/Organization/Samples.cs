using CsCheck;

namespace Guardrails.Tests;

/// <summary>Organizations to test with: a small readable one, random ones with hostile names, and a big one.</summary>
internal static class Samples
{
    public const string RootId = "r-a1b2";
    public const string ManagementId = "100000000000";
    public static readonly DateTimeOffset ReadAt = new(2026, 11, 23, 12, 30, 0, TimeSpan.Zero);

    /// <summary>Names that are separators, wildcards, escapes, or look like ids and paths.</summary>
    public static readonly Gen<string> HostileName = Gen.OneOf(
        Gen.Char["/*?[]`-ab! =é"].Array[1, 6].Select(characters => new string(characters)),
        Gen.OneOf("shop", "Shop", " shop", "shop ", "a/b", "*", "?", "[a-c]", "`", "``", "`*", "[", "]", "/", "//", "😀", "straße", "😀?", "a`/b", "[]", "~"));

    public static OrganizationFacts Facts(
        IReadOnlyList<OrganizationalUnitFacts>? units = null, IReadOnlyList<AccountFacts>? accounts = null, IReadOnlyList<OrganizationPolicy>? policies = null) => new()
        {
            Id = "o-a1b2c3d4e5",
            Arn = $"arn:aws:organizations::{ManagementId}:organization/o-a1b2c3d4e5",
            ManagementAccountId = ManagementId,
            ManagementAccountEmail = "management@example.com",
            FeatureSet = "ALL",
            Root = new OrganizationalUnitFacts(RootId, $"arn:aws:organizations::{ManagementId}:root/o-a1b2c3d4e5/{RootId}", "Root", null),
            PolicyTypes = ["SERVICE_CONTROL_POLICY"],
            OrganizationalUnits = units ?? [],
            Accounts = accounts ?? [],
            Policies = policies ?? [],
            ReadAt = ReadAt,
            Detail = OrganizationDetail.None,
        };

    public static OrganizationalUnitFacts Unit(string id, string name, string? parentId = RootId, IReadOnlyDictionary<string, string>? tags = null) =>
        new(id, $"arn:aws:organizations::{ManagementId}:ou/o-a1b2c3d4e5/{id}", name, parentId, tags);

    public static AccountFacts Account(
        string id, string name, string parentId = RootId, AccountState state = AccountState.Active, IReadOnlyDictionary<string, string>? tags = null) =>
        new(id, $"arn:aws:organizations::{ManagementId}:account/o-a1b2c3d4e5/{id}", name, $"{id}@example.com", state, parentId, "CREATED", ReadAt.AddDays(-100), tags);

    public static OrganizationPolicy Policy(string id, string name, params IReadOnlyList<string> targets) => new()
    {
        Id = id,
        Arn = $"arn:aws:organizations::{ManagementId}:policy/o-a1b2c3d4e5/service_control_policy/{id}",
        Name = name,
        Type = "SERVICE_CONTROL_POLICY",
        Targets = targets,
    };

    /// <summary>/Workloads/{Prod,Test}, /Sandbox; "shop" in Prod and in Test.</summary>
    public static Organization Company() => Organization.From(CompanyFacts());

    public static OrganizationFacts CompanyFacts() => Facts(
        [Unit("ou-prod", "Prod", "ou-work"), Unit("ou-work", "Workloads"), Unit("ou-test", "Test", "ou-work"), Unit("ou-sand", "Sandbox")],
        [
            Account("222222222222", "shop", "ou-prod", tags: Tags("Team", "Shop", "cost/center", "42")),
            Account("333333333333", "shop", "ou-test", tags: Tags("Team", "Shop")),
            Account("444444444444", "billing", "ou-prod", AccountState.Suspended, Tags("Team", "Finance")),
            Account("555555555555", "play", "ou-sand", AccountState.Closed, Tags()),
            Account(ManagementId, "Management", tags: Tags()),
        ],
        [Policy("p-full", "FullAWSAccess", RootId, "ou-work"), Policy("p-deny", "DenyLeave", "ou-prod", "222222222222")]) with
    {
        Detail = OrganizationDetail.Tags,
    };

    public static Dictionary<string, string> Tags(params string[] pairs) =>
        pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Up to 8 units and 10 accounts anywhere, with hostile names, unique below each parent.</summary>
    public static readonly Gen<OrganizationFacts> Hostile =
        from units in Gen.Select(HostileName, Gen.Int[0, 100]).Array[0, 8]
        from accounts in Gen.Select(HostileName, Gen.Int[0, 100], Gen.Enum<AccountState>()).Array[0, 10]
        from policies in Gen.Select(HostileName, Gen.Int[0, 100].Array[0, 4]).Array[0, 3]
        select Build(units, accounts, policies);

    private static OrganizationFacts Build((string, int)[] units, (string, int, AccountState)[] accounts, (string, int[])[] policies)
    {
        var ids = new List<string> { RootId };
        var taken = new HashSet<(string, string)>();
        var unitFacts = new List<OrganizationalUnitFacts>();
        foreach (var (name, parent) in units)
        {
            var parentId = ids[parent % ids.Count];
            if (!taken.Add((parentId, name))) continue;
            unitFacts.Add(Unit($"ou-a1b2-{unitFacts.Count:D8}", name, parentId));
            ids.Add(unitFacts[^1].Id);
        }
        taken.Clear();
        var accountFacts = new List<AccountFacts>();
        foreach (var (name, parent, state) in accounts)
        {
            var parentId = ids[parent % ids.Count];
            if (taken.Add((parentId, name))) accountFacts.Add(Account($"2000000000{accountFacts.Count:D2}", name, parentId, state));
        }
        ids.AddRange(accountFacts.Select(account => account.Id));
        var policyFacts = policies.Select((policy, i) => Policy($"p-{i:D8}", policy.Item1, [.. policy.Item2.Select(at => ids[at % ids.Count]).Distinct()]));
        return Facts(unitFacts, accountFacts, [.. policyFacts]);
    }

    /// <summary>The organization of the benchmarks: what the tree must hold in 40 MB.</summary>
    public static OrganizationFacts Big(int accounts = 10_000, int units = 800, int policies = 300)
    {
        var unitFacts = Enumerable.Range(0, units)
            .Select(i => Unit($"ou-a1b2-{i:D8}", $"Unit {i}", i < 10 ? RootId : $"ou-a1b2-{(i - 10) / 10:D8}", Tags("Team", $"team-{i % 50}")))
            .ToArray();
        return Facts(
            unitFacts,
            [.. Enumerable.Range(0, accounts).Select(i => Account(
                $"{200_000_000_000 + i}", $"workload-{i}-production", unitFacts[i % units].Id,
                tags: Tags("Team", $"team-{i % 50}", "CostCenter", $"{i % 200}", "Environment", "prod", "guardrails:managed-by", "platform")))],
            [.. Enumerable.Range(0, policies).Select(i => Policy($"p-{i:D8}", $"Policy {i}", [.. Enumerable.Range(0, 20).Select(j => unitFacts[(i * 7 + j) % units].Id)])
                with { Content = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"Deny{{i}}","Effect":"Deny","Action":"*","Resource":"{{new string('r', 2000)}}"}]}""" })]) with
        {
            Detail = OrganizationDetail.Tags | OrganizationDetail.PolicyContent,
        };
    }
}
