using System.Text.Json.Nodes;
using CsCheck;
using Xunit;

namespace Guardrails.Sandbox.Tests;

/// <summary>Any sequence of calls, sensible or not, leaves an organization that holds together.</summary>
public sealed class OrganizationsPropertyTests
{
    private static readonly string[] Types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"];

    private static readonly string[] Operations =
    [
        "CreateOrganizationalUnit", "DeleteOrganizationalUnit", "UpdateOrganizationalUnit", "CreateAccount", "MoveAccount", "CloseAccount",
        "RemoveAccountFromOrganization", "CreatePolicy", "UpdatePolicy", "DeletePolicy", "AttachPolicy", "AttachPolicy", "DetachPolicy", "EnablePolicyType",
        "DisablePolicyType", "TagResource", "UntagResource", "EnableAWSServiceAccess", "DisableAWSServiceAccess", "RegisterDelegatedAdministrator",
        "DeregisterDelegatedAdministrator",
    ];

    private static readonly Gen<(string Operation, int A, int B, int C, int Minutes)[]> Sequences =
        Gen.Select(
            Gen.Int[0, Operations.Length - 1].Select(index => Operations[index]), Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 1000],
            Gen.Int[0, 4].Select(index => ((int[])[0, 0, 1, 60, 60 * 24 * 40])[index])).Array[0, 120];

    [Fact]
    public void Random_sequences_keep_the_organization_whole_and_its_bytes() => Sequences.Sample(
        steps =>
        {
            var bed = new OrganizationsTestBed("""{"organizations":{"accounts":{"value":12},"organizationalUnits":{"value":8}},"policyTypes":{"SERVICE_CONTROL_POLICY":{"attachedPerTarget":3,"policies":5}}}""");
            var done = 0;
            foreach (var step in steps)
            {
                bed.Pass(TimeSpan.FromMinutes(step.Minutes));
                if (Try(bed, step.Operation, Input(bed, step))) done++;
                CheckWhole(bed);
            }
            var bytes = bed.Bytes();
            Assert.Equal(bytes, OrganizationsTestBed.Bytes(OrganizationsTestBed.Read(bytes)));
            Assert.True(done > 0 || steps.Length < 40, "The sequences would prove nothing if every call were refused.");
        },
        iter: 300);

    private static bool Try(OrganizationsTestBed bed, string operation, JsonObject input)
    {
        try
        {
            bed.Call(operation, input);
            return true;
        }
        catch (AwsError)
        {
            return false;
        }
    }

    /// <summary>Ids that are there, mostly: what the numbers mean depends on the state.</summary>
    private static JsonObject Input(OrganizationsTestBed bed, (string Operation, int A, int B, int C, int Minutes) step)
    {
        var state = bed.State;
        var (a, b, c) = (step.A, step.B, step.C);
        var containers = state.Units.Cast<Container>().Prepend(state.Root).ToList();
        var targets = state.Targets().ToList();
        string Container(int i) => containers[i % containers.Count].Id;
        var account = state.Accounts[a % state.Accounts.Count];
        var policy = state.Policies[a % state.Policies.Count].Id;
        var unit = state.Units.Count == 0 ? "ou-none-aaaaaaaa" : state.Units[a % state.Units.Count].Id;
        var type = Types[b % Types.Length];
        return step.Operation switch
        {
            "CreateOrganizationalUnit" => new() { ["ParentId"] = Container(a), ["Name"] = $"Unit{b % 6}" },
            "DeleteOrganizationalUnit" => new() { ["OrganizationalUnitId"] = unit },
            "UpdateOrganizationalUnit" => new() { ["OrganizationalUnitId"] = unit, ["Name"] = $"Unit{b % 6}" },
            "CreateAccount" => new() { ["AccountName"] = $"account{a % 20}", ["Email"] = $"account{a % 20}@example.com" },
            "MoveAccount" => new()
            {
                ["AccountId"] = account.Id,
                ["SourceParentId"] = c % 5 == 0 ? Container(c) : account.Parent!.Id,
                ["DestinationParentId"] = Container(b),
            },
            "CloseAccount" or "RemoveAccountFromOrganization" => new() { ["AccountId"] = account.Id },
            "CreatePolicy" => OrganizationsTestBed.PolicyInput($"policy{a % 8}", type, OrganizationsPolicyTests.Smallest(type)),
            "UpdatePolicy" => new() { ["PolicyId"] = policy, ["Name"] = $"policy{b % 8}" },
            "DeletePolicy" => new() { ["PolicyId"] = policy },
            "AttachPolicy" or "DetachPolicy" => new() { ["PolicyId"] = policy, ["TargetId"] = targets[b % targets.Count].Id },
            "EnablePolicyType" or "DisablePolicyType" => new() { ["RootId"] = state.Root.Id, ["PolicyType"] = type },
            "TagResource" => new() { ["ResourceId"] = targets[a % targets.Count].Id, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = $"key{b % 5}", ["Value"] = $"{c}" }) },
            "UntagResource" => new() { ["ResourceId"] = targets[a % targets.Count].Id, ["TagKeys"] = new JsonArray($"key{b % 5}") },
            _ => new() { ["ServicePrincipal"] = b % 2 == 0 ? "config.amazonaws.com" : "sso.amazonaws.com", ["AccountId"] = account.Id },
        };
    }

    private static void CheckWhole(OrganizationsTestBed bed)
    {
        var state = bed.State;
        var containers = state.Units.Cast<Container>().Prepend(state.Root).ToList();
        Assert.Equal(state.Accounts.Count, containers.Sum(container => container.Accounts.Count));
        Assert.Equal(state.Units.Count, containers.Sum(container => container.Units.Count));
        foreach (var account in state.Accounts)
        {
            Assert.Same(account, account.Parent!.Accounts.Single(other => other.Id == account.Id));
            Assert.Contains(account.Parent, containers);
        }
        Assert.Equal(state.Accounts.Count, state.Accounts.Select(account => account.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (var unit in state.Units)
        {
            Assert.InRange(unit.Depth, 1, bed.Quotas.OrganizationalUnitDepth);
            Assert.Contains(unit, unit.Parent!.Units);
        }
        foreach (var container in containers)
            Assert.Equal(container.Units.Count, container.Units.Select(unit => unit.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(state.Units.Count, 0, bed.Quotas.OrganizationalUnits);
        CheckAttachments(bed);
        foreach (var delegation in state.Delegations)
        {
            Assert.Contains(delegation.Account, state.Accounts);
            Assert.All(delegation.Services, grant => Assert.NotNull(state.FindServiceAccess(grant.Id)));
        }
    }

    private static void CheckAttachments(OrganizationsTestBed bed)
    {
        var state = bed.State;
        var targets = state.Targets().ToHashSet();
        Assert.Equal(state.Policies.Sum(policy => policy.Targets.Count), targets.Sum(target => target.Policies.Count));
        foreach (var policy in state.Policies)
        {
            Assert.True(policy.Targets.Count == 0 || state.EnabledPolicyTypes.Contains(policy.Type));
            Assert.All(policy.Targets, target => Assert.True(targets.Contains(target) && target.Policies.Contains(policy), "An attachment dangles."));
        }
        foreach (var target in targets)
        {
            foreach (var type in Types.Where(state.EnabledPolicyTypes.Contains))
            {
                var quota = bed.Quotas.PolicyType(type);
                Assert.InRange(target.Policies.Count(policy => policy.Type == type), quota.AttachedMinimum, quota.AttachedPerTarget);
            }
        }
    }
}
