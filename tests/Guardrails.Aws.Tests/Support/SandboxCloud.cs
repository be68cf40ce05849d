using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>A generated organization in a sandbox of its own, with virtual time, in a folder that goes with it.</summary>
internal sealed class SandboxCloud : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-aws-").FullName;

    public SandboxCloud(int accounts, int units, int policies, long seed = 1, SandboxOptions? options = null, Action<OrganizationState>? arrange = null)
    {
        var path = Path.Combine(_folder, "organization.json");
        var state = NewOrganization.Generate(accounts, units, policies, seed, new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
        arrange?.Invoke(state);
        Guardrails.Sandbox.Sandbox.Create(path, state);
        Sandbox = Guardrails.Sandbox.Sandbox.Open(path, options ?? new());
    }

    public Guardrails.Sandbox.Sandbox Sandbox { get; }

    public Task<GuardrailConnection> ConnectAsync(string? accountId = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null, CallPolicy? calls = null)
    {
        var keys = Guardrails.Sandbox.Sandbox.AccessKeyFor(accountId ?? Sandbox.ManagementAccountId);
        return AwsCloud.ConnectAsync(
            new()
            {
                Keys = new(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
                Region = "us-east-1",
                Handler = () => wrap is null ? Sandbox.CreateHandler() : wrap(Sandbox.CreateHandler()),
                Clock = Sandbox.Clock,
                Sandbox = Sandbox.Path,
                Calls = calls ?? new(),
            },
            ScriptedAws.Scope());
    }

    public static void Delegate(OrganizationState state, AccountEntity account, params string[] services)
    {
        var delegation = new Delegation
        {
            Sequence = state.Ids.NextSequence(),
            Id = account.Id,
            Arn = account.Arn,
            Name = account.Name,
            Account = account,
            Enabled = DateTimeOffset.UnixEpoch,
        };
        foreach (var service in services) delegation.Services.Add(Grant(state, service));
        state.Delegations.Add(delegation);
    }

    public static ServiceGrant Grant(OrganizationState state, string service) =>
        new() { Sequence = state.Ids.NextSequence(), Id = service, Arn = "", Name = service, Enabled = DateTimeOffset.UnixEpoch };

    public void Dispose()
    {
        Sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
