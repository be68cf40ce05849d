using System.Collections.Frozen;

namespace Guardrails.Sandbox;

internal sealed class OrganizationsService(IReadOnlyDictionary<string, Operation> operations)
    : JsonService("organizations", "organizations.model.json", "AWSOrganizationsV20161128.", operations, NotHere)
{
    // Names of the API model of August 2026 that our model leaves out, to tell "the sandbox lacks it" from "there is no such thing".
    private static readonly FrozenSet<string> NotHere = FrozenSet.ToFrozenSet(
    [
        "AcceptHandshake", "CancelHandshake", "CreateGovCloudAccount", "DeclineHandshake", "DeleteResourcePolicy", "DescribeHandshake",
        "DescribeResourcePolicy", "DescribeResponsibilityTransfer", "EnableAllFeatures", "InviteAccountToOrganization",
        "InviteOrganizationToTransferResponsibility", "ListHandshakesForAccount", "ListHandshakesForOrganization",
        "ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers", "PutResourcePolicy", "TerminateResponsibilityTransfer",
        "UpdateResponsibilityTransfer",
    ]);

    public override AwsError Refusal(IReadOnlyList<Violation> violations) => OrganizationsErrors.From(violations[0]);
}
