namespace Guardrails;

/// <summary>Changes of what policies are attached to: attach, to an organizational unit that the same plan makes.</summary>
internal sealed class PolicyAttachmentChanges(IOrganizationPort organization) : ChangeKind
{
    private const string KindName = "policy-attachment";
    private const string AttachAction = "attach";
    private const string AttachCall = "organizations:AttachPolicy";

    public override string Kind => KindName;

    /// <param name="unit">The change that makes the organizational unit.</param>
    public static Change Attach(OrganizationPolicy policy, Change unit)
    {
        var path = OrganizationalUnitChanges.PathOf(unit);
        return new()
        {
            Kind = KindName,
            Action = AttachAction,
            Address = $"{KindName}:{path} <{policy.Id}>",
            After = Facts.Of(("organizationalUnit", path), ("policyId", policy.Id), ("policy", policy.Name), ("type", policy.Type)),
            DependsOn = [unit.Id],
            Lane = KindName,
            Risk = ChangeRisk.Medium,
            Reversibility = Reversibility.Compensable,
        };
    }

    public override IEnumerable<string> Faults(Change change) =>
        change.Action == AttachAction ? ChangeFaults.Of(change, [], ["organizationalUnit", "policyId"]) : ["is nothing that can be done to a policy's attachment"];

    public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var policy = change.After["policyId"];
        var target = run.IdAt(OrganizationalUnitChanges.AddressOf(change.After["organizationalUnit"]));
        var asked = run.MayHaveHappened(AttachCall);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await run.WriteAsync(AttachCall, scope => organization.AttachPolicyAsync(policy, target, scope));
                return new ChangeOutcome(ChangeStatus.Done, policy);
            }
            catch (CloudException e) when (e.Code == "DuplicatePolicyAttachmentException")
            {
                return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, policy);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown && attempt < ChangeRun.MostAttempts)
            {
                asked = true;
            }
        }
    }

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) =>
        new(null, $"Policy '{change.After["policy"]}' is attached to {change.After["organizationalUnit"]}, which the same rollout has made: it goes when that is deleted.");
}
