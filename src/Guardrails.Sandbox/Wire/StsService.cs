using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

internal sealed class StsService() : Service("sts", ServiceModel.Load("sts.model.json"), StsOperations.All, NotHere)
{
    // Names of the API as of August 2026 that our model leaves out.
    private static readonly FrozenSet<string> NotHere = FrozenSet.ToFrozenSet(
    [
        "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetDelegatedAccessToken",
        "GetFederationToken", "GetSessionToken", "GetWebIdentityToken",
    ]);

    public override string ContentType => "text/xml";

    public override string OperationOf(WireRequest request) => Short(QueryProtocol.ReadForm(request.Body).GetValueOrDefault("Action", ""));

    public override JsonObject ReadInput(StructureShape shape, WireRequest request) => QueryProtocol.ReadInput(shape, QueryProtocol.ReadForm(request.Body));

    public override AwsError Refusal(IReadOnlyList<Violation> violations) => QueryProtocol.ToError(violations);

    public override WireResponse Result(string operation, JsonObject output, string requestId) =>
        new(200, ContentType, QueryProtocol.WriteResult(operation, output, requestId), requestId);

    public override WireResponse Error(AwsError error, string requestId) =>
        new(error.Status, ContentType, QueryProtocol.WriteError(error, CodeOf(error), requestId), requestId);

    /// <summary>The names that Query services have for the errors of <see cref="ServiceErrors"/>.</summary>
    public override string CodeOf(AwsError error) => error.Code switch
    {
        "TooManyRequestsException" => "Throttling",
        "ServiceException" => "InternalFailure",
        var code => Model.Codes.GetValueOrDefault(code, code),
    };

    /// <summary>Sessions are kept nowhere: no operation of STS changes the state.</summary>
    public override bool Writes(string operation) => false;

    protected override AwsError Unknown(string operation) => operation.Length == 0
        ? new AwsError("MissingAction", "The form has no parameter Action.")
        : new AwsError("InvalidAction", $"Could not find operation {operation} for version 2011-06-15");
}
