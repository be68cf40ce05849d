using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

internal sealed class OrganizationsService(IReadOnlyDictionary<string, Operation> operations)
    : Service("organizations", ServiceModel.Load("organizations.model.json"), operations, NotHere)
{
    public const string Target = "AWSOrganizationsV20161128.";

    // Names of the API model of August 2026 that our model leaves out, to tell "the sandbox lacks it" from "there is no such thing".
    private static readonly FrozenSet<string> NotHere = FrozenSet.ToFrozenSet(
    [
        "AcceptHandshake", "CancelHandshake", "CreateGovCloudAccount", "DeclineHandshake", "DeleteResourcePolicy", "DescribeHandshake",
        "DescribeResourcePolicy", "DescribeResponsibilityTransfer", "EnableAllFeatures", "InviteAccountToOrganization",
        "InviteOrganizationToTransferResponsibility", "ListHandshakesForAccount", "ListHandshakesForOrganization",
        "ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers", "PutResourcePolicy", "TerminateResponsibilityTransfer",
        "UpdateResponsibilityTransfer",
    ]);

    public override string OperationOf(WireRequest request) => Short(request.Header("X-Amz-Target")![Target.Length..]);

    public override JsonObject ReadInput(StructureShape shape, WireRequest request) => JsonInput.Read(shape, request.Body);

    public override AwsError Refusal(IReadOnlyList<Violation> violations) => OrganizationsErrors.From(violations[0]);

    public override WireResponse Result(string operation, JsonObject output, string requestId) =>
        new(200, JsonProtocol.ContentType, JsonProtocol.WriteResult(output), requestId);

    public override WireResponse Error(AwsError error, string requestId)
    {
        var code = CodeOf(error);
        return new WireResponse(error.Status, JsonProtocol.ContentType, JsonProtocol.WriteError(error, code, Model.Exceptions.Contains(code)), requestId);
    }

    /// <summary>The front end's own errors, in the names of the JSON services.</summary>
    public override string CodeOf(AwsError error) => error.Code switch
    {
        "MissingAuthenticationToken" or "IncompleteSignature" => error.Code + "Exception",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "ExpiredToken" => "ExpiredTokenException",
        var code => code,
    };

    // 404: https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html, read 2026-08.
    protected override AwsError Unknown(string operation) =>
        new("UnknownOperationException", $"AWS Organizations has no operation {operation}.", status: 404);
}
