using CsCheck;
using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

public sealed class ReadTests
{
    private const OrganizationDetail Everything =
        OrganizationDetail.Tags | OrganizationDetail.PolicyContent | OrganizationDetail.Services | OrganizationDetail.AwsManagedAttachments;

    private static readonly Gen<(int Accounts, int Units, int Policies, int Seed, double Throttled, double Broken)> Organizations =
        Gen.Select(Gen.Int[1, 90], Gen.Int[0, 45], Gen.Int[0, 25], Gen.Int[1, 1_000_000], Gen.Double[0, 0.1], Gen.Double[0, 0.08]);

    [Fact]
    public Task What_is_read_is_what_there_is_whatever_the_organization_and_the_faults() => Organizations.SampleAsync(
        async o =>
        {
            using var cloud = new SandboxCloud(o.Accounts, o.Units, o.Policies, o.Seed, new() { Throttling = false }, state =>
            {
                // An empty page in front of every second one.
                state.Behavior = state.Behavior with { EmptyPageEvery = 2, LegacyStatus = o.Seed % 2 == 0 };
                state.ServiceAccess.Add(SandboxCloud.Grant(state, "config.amazonaws.com"));
                foreach (var account in state.Accounts.Skip(1).Where((_, i) => i % 9 == 0)) SandboxCloud.Delegate(state, account, "config.amazonaws.com", "sso.amazonaws.com");
            });
            var connection = await cloud.ConnectAsync(calls: new() { LostAttempts = 12, Seed = o.Seed });
            cloud.Sandbox.Faults.Rates = new FaultRates(o.Seed, o.Throttled, o.Broken, o.Broken, 0.5);
            var facts = await connection.Cloud.Organization.ReadAsync(Everything, ScriptedAws.Scope());
            cloud.Sandbox.Read(state =>
            {
                AssertSame(state, facts, Everything);
                return true;
            });
            Assert.Empty(facts.Gaps);
            Assert.Empty(Guardrails.Organization.From(facts).Gaps);
        },
        iter: 8, threads: 1);

    [Fact]
    public async Task A_large_organization_is_read_by_parent_and_is_the_same()
    {
        using var cloud = new SandboxCloud(1500, 60, 5, options: new() { Throttling = false, Latency = TimeSpan.FromMilliseconds(20) });
        var connection = await cloud.ConnectAsync();
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        cloud.Sandbox.Read(state =>
        {
            AssertSame(state, facts, OrganizationDetail.None);
            return true;
        });
        Assert.InRange(cloud.Sandbox.Calls.Count("ListAccounts"), 50, 60);
        Assert.InRange(cloud.Sandbox.Calls.Count("ListAccountsForParent"), 61, 200);
    }

    [Fact]
    public async Task A_large_organization_in_one_place_is_not_read_by_parent()
    {
        using var cloud = new SandboxCloud(1300, 1, 0, options: new() { Throttling = false });
        var connection = await cloud.ConnectAsync();
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        Assert.Equal(1300, facts.Accounts.Count);
        Assert.Equal(0, cloud.Sandbox.Calls.Count("ListAccountsForParent"));
    }

    [Fact]
    public async Task An_account_that_moves_to_where_the_read_has_been_is_not_lost()
    {
        using var cloud = new SandboxCloud(1500, 60, 0, options: new() { Throttling = false });
        var other = await cloud.ConnectAsync();
        var seen = cloud.Sandbox.Read(state => state.Accounts.Skip(5).First() is var a ? (a.Id, Parent: a.Parent!.Id) : default);
        var into = "";
        using var turn = new SemaphoreSlim(1, 1);
        var connection = await cloud.ConnectAsync(wrap: inner => new Between(inner, async (body, next, cancel) =>
        {
            await turn.WaitAsync(cancel);
            try
            {
                var answer = await next();
                var parent = System.Text.Json.Nodes.JsonNode.Parse(body)!["ParentId"]!.ToString();
                if (into.Length == 0 && parent != seen.Parent)
                {
                    into = parent;
                    await other.Cloud.Organization.MoveAccountAsync(seen.Id, seen.Parent, into, ScriptedAws.Scope());
                }
                return answer;
            }
            finally
            {
                turn.Release();
            }
        }));
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        Assert.NotEmpty(into);
        Assert.Equal(1500, facts.Accounts.Count);
        Assert.Equal(into, facts.Accounts.Single(a => a.Id == seen.Id).ParentId);
    }

    [Fact]
    public async Task Without_paths_accounts_are_placed_by_their_parents()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync();
        aws.On("ListAccounts", _ => ScriptedAws.Json($"{{\"Accounts\":[{ScriptedAws.Account("1", null)}]}}"));
        aws.On("ListOrganizationalUnitsForParent", call => ScriptedAws.Json(call.Body.Contains("r-aaaa", StringComparison.Ordinal)
            ? "{\"OrganizationalUnits\":[{\"Id\":\"ou-1\",\"Arn\":\"arn:ou-1\",\"Name\":\"A\"}]}"
            : "{}"));
        aws.On("ListAccountsForParent", call => ScriptedAws.Json(call.Body.Contains("ou-1", StringComparison.Ordinal)
            ? $"{{\"Accounts\":[{ScriptedAws.Account("1", null)},{ScriptedAws.Account("2", null)}]}}"
            : "{\"Accounts\":[]}"));
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        Assert.Equal([("1", "ou-1"), ("2", "ou-1")], facts.Accounts.Select(a => (a.Id, a.ParentId)));
    }

    [Theory]
    [InlineData("\"State\":\"PENDING_CLOSURE\",\"Status\":\"ACTIVE\"", AccountState.PendingClosure)]
    [InlineData("\"Status\":\"SUSPENDED\"", AccountState.Suspended)]
    [InlineData("\"State\":\"CLOSED\"", AccountState.Closed)]
    [InlineData("\"State\":\"PENDING_ACTIVATION\"", AccountState.PendingActivation)]
    [InlineData("\"State\":\"HIBERNATING\"", AccountState.Unknown)]
    public async Task State_counts_and_the_retired_Status_only_where_State_is_absent(string members, AccountState expected)
    {
        var aws = new ScriptedAws().On("ListAccounts", _ => ScriptedAws.Json($"{{\"Accounts\":[{ScriptedAws.Account("1", state: members)}]}}"));
        var connection = await aws.ConnectAsync();
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        Assert.Equal(expected, Assert.Single(facts.Accounts).State);
    }

    [Fact]
    public async Task A_member_reads_what_it_may_and_the_rest_is_named_as_gaps()
    {
        using var cloud = new SandboxCloud(10, 5, 3);
        var member = cloud.Sandbox.Read(state => state.Accounts[^1].Id);
        var connection = await cloud.ConnectAsync(member);
        Assert.Equal(CallerRole.MemberAccount, connection.Role);
        var facts = await connection.Cloud.Organization.ReadAsync(Everything, ScriptedAws.Scope());
        Assert.Equal(cloud.Sandbox.ManagementAccountId, facts.ManagementAccountId);
        Assert.Empty(facts.Accounts);
        foreach (var operation in new[] { "ListRoots", "ListAccounts", "ListPolicies", "ListDelegatedAdministrators" })
            Assert.Contains(facts.Gaps, g => g.Contains("organizations:" + operation, StringComparison.Ordinal) && g.Contains(cloud.Sandbox.ManagementAccountId, StringComparison.Ordinal));
        Guardrails.Organization.From(facts);
    }

    [Fact]
    public async Task A_delegated_administrator_reads_the_whole_organization()
    {
        using var cloud = new SandboxCloud(10, 5, 3, arrange: state => SandboxCloud.Delegate(state, state.Accounts[^1], "config.amazonaws.com"));
        var connection = await cloud.ConnectAsync(cloud.Sandbox.Read(state => state.Accounts[^1].Id));
        Assert.Equal(CallerRole.DelegatedAdministrator, connection.Role);
        var facts = await connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope());
        cloud.Sandbox.Read(state =>
        {
            AssertSame(state, facts, OrganizationDetail.None);
            return true;
        });
        Assert.Empty(facts.Gaps);
    }

    [Fact]
    public async Task The_management_account_is_not_shown_an_empty_organization_for_want_of_a_permission()
    {
        var aws = new ScriptedAws().On("ListAccounts", _ => ScriptedAws.Error("AccessDeniedException", "not authorized"));
        var connection = await aws.ConnectAsync();
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope()));
        Assert.Equal("organizations:ListAccounts", e.Operation);
        Assert.Contains("Allow organizations:ListAccounts to arn:aws:iam::111111111111:user/ann", e.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_failure_is_the_one_that_is_told_and_no_call_outlives_it()
    {
        using var cloud = new SandboxCloud(200, 60, 20, options: new() { Throttling = false, Latency = TimeSpan.FromMilliseconds(5) });
        var connection = await cloud.ConnectAsync();
        cloud.Sandbox.Faults.Add(new Fault("ListTargetsForPolicy", new FaultAnswer.Error("UnsupportedAPIEndpointException", "No."), 7));
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope()));
        Assert.Equal("UnsupportedAPIEndpointException", e.Code);
        var calls = cloud.Sandbox.Calls.Total;
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(calls, cloud.Sandbox.Calls.Total);
    }

    [Theory]
    [InlineData("ListTargetsForPolicy", "PolicyNotFoundException")]
    [InlineData("DescribePolicy", "PolicyNotFoundException")]
    [InlineData("ListTagsForResource", "TargetNotFoundException")]
    [InlineData("ListOrganizationalUnitsForParent", "ParentNotFoundException")]
    [InlineData("ListDelegatedServicesForAccount", "AccountNotRegisteredException")]
    public async Task What_is_deleted_during_the_read_does_not_end_it(string operation, string code)
    {
        using var cloud = new SandboxCloud(6, 9, 5, options: new() { Throttling = false }, arrange: state =>
        {
            // AWS deletes empty organizational units only.
            foreach (var account in state.Accounts.Where(a => a.Parent != state.Root).ToList()) OrganizationState.Move(account, state.Root);
            SandboxCloud.Delegate(state, state.Accounts[1], "config.amazonaws.com");
            SandboxCloud.Delegate(state, state.Accounts[2], "config.amazonaws.com");
        });
        var connection = await cloud.ConnectAsync();
        var before = await connection.Cloud.Organization.ReadAsync(Everything, ScriptedAws.Scope());
        cloud.Sandbox.Faults.Add(new Fault(operation, new FaultAnswer.Error(code, "Gone."), 2));
        var facts = await connection.Cloud.Organization.ReadAsync(Everything, ScriptedAws.Scope());
        var untagged = facts.Accounts.Select(x => x.Tags).Concat(facts.OrganizationalUnits.Select(x => x.Tags)).Append(facts.Root.Tags)
            .Concat(facts.Policies.Where(p => !p.AwsManaged).Select(p => p.Tags)).Count(tags => tags is null);
        Assert.Equal(code == "PolicyNotFoundException" ? 1 : 0, before.Policies.Count - facts.Policies.Count);
        Assert.Equal(code == "AccountNotRegisteredException" ? 1 : 0, before.DelegatedAdministrators.Count - facts.DelegatedAdministrators.Count);
        Assert.Equal(code == "TargetNotFoundException" ? 1 : 0, untagged);
        Assert.Equal(code == "ParentNotFoundException", before.OrganizationalUnits.Count > facts.OrganizationalUnits.Count);
        Assert.Equal(6, facts.Accounts.Count);
    }

    [Fact]
    public async Task Cancelling_a_read_of_everything_is_prompt()
    {
        using var cloud = new SandboxCloud(200, 60, 20, options: new() { RealTime = true, Latency = TimeSpan.FromMilliseconds(50) });
        var connection = await cloud.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reading = connection.Cloud.Organization.ReadAsync(Everything, new CallScope(cancel.Token));
        cancel.CancelAfter(150);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken));
    }

    private static void AssertSame(OrganizationState state, OrganizationFacts facts, OrganizationDetail detail)
    {
        var tags = detail.HasFlag(OrganizationDetail.Tags);
        Assert.Equal(state.Organization!.Id, facts.Id);
        Assert.Equal(state.ManagementAccountId, facts.ManagementAccountId);
        Assert.Equal(state.EnabledPolicyTypes.Order(StringComparer.Ordinal), facts.PolicyTypes);
        Assert.Equal(Text(state.Root.Id, state.Root.Name, null, tags ? state.Root.Tags : null), Text(facts.Root.Id, facts.Root.Name, facts.Root.ParentId, facts.Root.Tags));
        Assert.Equal(
            state.Units.Select(u => Text(u.Id, u.Arn + u.Name, u.Parent!.Id, tags ? u.Tags : null)).Order(StringComparer.Ordinal),
            facts.OrganizationalUnits.Select(u => Text(u.Id, u.Arn + u.Name, u.ParentId, u.Tags)).Order(StringComparer.Ordinal));
        Assert.Equal(
            state.Accounts.Select(a => Text(a.Id, $"{a.Arn} {a.Name} {a.Email} {a.JoinedMethod} {a.Joined.ToUnixTimeMilliseconds()} {a.State}", a.Parent!.Id, tags ? a.Tags : null)).Order(StringComparer.Ordinal),
            facts.Accounts.Select(a => Text(
                a.Id, $"{a.Arn} {a.Name} {a.Email} {a.JoinedMethod} {a.JoinedTimestamp!.Value.ToUnixTimeMilliseconds()} {StateText(a.State)}", a.ParentId, a.Tags)).Order(StringComparer.Ordinal));
        Assert.Equal(
            state.Policies.Where(p => !p.AwsManaged || state.EnabledPolicyTypes.Contains(p.Type)).Select(p => Policy(
                p.Id, p.Name, p.Description, p.Type, p.AwsManaged, !p.AwsManaged || detail.HasFlag(OrganizationDetail.AwsManagedAttachments) ? p.Targets.Select(t => t.Id) : [],
                detail.HasFlag(OrganizationDetail.PolicyContent) ? p.Content : null, tags && !p.AwsManaged ? p.Tags : null)).Order(StringComparer.Ordinal),
            facts.Policies.Where(p => !p.AwsManaged || state.EnabledPolicyTypes.Contains(p.Type))
                .Select(p => Policy(p.Id, p.Name, p.Description, p.Type, p.AwsManaged, p.Targets, p.Content, p.Tags)).Order(StringComparer.Ordinal));
        if (!detail.HasFlag(OrganizationDetail.Services)) return;
        Assert.Equal(state.ServiceAccess.Select(s => s.Id).Order(StringComparer.Ordinal), facts.ServiceAccess);
        Assert.Equal(
            state.Delegations.Select(d => d.Id + string.Join(',', d.Services.Select(s => s.Id).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal),
            facts.DelegatedAdministrators.Select(d => d.AccountId + string.Join(',', d.ServicePrincipals)).Order(StringComparer.Ordinal));
    }

    private static string Text(string id, string what, string? parent, IEnumerable<KeyValuePair<string, string>>? tags) =>
        $"{id} {what} in {parent} tagged {(tags is null ? "?" : string.Join(',', tags.OrderBy(t => t.Key, StringComparer.Ordinal)))}";

    private static string Policy(
        string id, string name, string description, string type, bool managed, IEnumerable<string> targets, string? content, IEnumerable<KeyValuePair<string, string>>? tags) =>
        Text(id, $"{name} {description} {type} {managed} {content} on {string.Join(',', targets.Order(StringComparer.Ordinal))}", null, tags);

    private static string StateText(AccountState state) => state switch
    {
        AccountState.PendingActivation => "PENDING_ACTIVATION",
        AccountState.Active => "ACTIVE",
        AccountState.Suspended => "SUSPENDED",
        AccountState.PendingClosure => "PENDING_CLOSURE",
        AccountState.Closed => "CLOSED",
        _ => "?",
    };

    /// <summary>Stands between the client and ListAccountsForParent.</summary>
    private sealed class Between(HttpMessageHandler inner, Func<string, Func<Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>> between) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Headers.TryGetValues("X-Amz-Target", out var target) || !target.Single().EndsWith(".ListAccountsForParent", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return await between(body, () => base.SendAsync(request, cancellationToken), cancellationToken);
        }
    }
}
