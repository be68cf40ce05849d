using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>AWS Account Management: REST JSON, each operation at a path that is its name (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html, read 2026-08).</summary>
internal sealed class AccountService() : Service("account", ServiceModel.Load("account.model.json"), AccountManagementOperations.All, NotHere)
{
    // Names of the API as of August 2026 that our model leaves out.
    private static readonly FrozenSet<string> NotHere = FrozenSet.ToFrozenSet(
    [
        "AcceptPrimaryEmailUpdate", "GetContactInformation", "GetGovCloudAccountInformation", "GetPrimaryEmail", "GetPrimaryEmailUpdateStatus",
        "PutContactInformation", "StartPrimaryEmailUpdate",
    ]);

    public static bool IsMeantBy(WireRequest request) => request.Method == "POST" && request.Path.Length > 1 && request.Header("X-Amz-Target") is null
        && request.Header("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    public override string ContentType => "application/json";

    public override string OperationOf(WireRequest request) => Short(char.ToUpperInvariant(request.Path[1]) + request.Path[2..]);

    public override JsonObject ReadInput(StructureShape shape, WireRequest request) => JsonInput.Read(shape, request.Body);

    public override AwsError Refusal(IReadOnlyList<Violation> violations) => new("ValidationException", QueryProtocol.ToError(violations).Message)
    {
        Members = new JsonObject
        {
            ["reason"] = "fieldValidationFailed",
            ["fieldList"] = violations.Select(violation => (JsonNode)new JsonObject { ["name"] = violation.Path, ["message"] = QueryProtocol.ToError([violation]).Message }).Array(),
        },
    };

    public override WireResponse Result(string operation, JsonObject output, string requestId) => new(200, ContentType, JsonProtocol.WriteResult(output), requestId);

    public override WireResponse Error(AwsError error, string requestId)
    {
        var body = new JsonObject { ["message"] = error.Message };
        foreach (var (name, value) in error.Members ?? []) body[name] = value?.DeepClone();
        return new WireResponse(error.Status, ContentType, JsonProtocol.WriteResult(body), requestId) { ErrorType = CodeOf(error) };
    }

    public override string CodeOf(AwsError error) => error.Code switch
    {
        "MissingAuthenticationToken" or "IncompleteSignature" => error.Code + "Exception",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "ExpiredToken" => "ExpiredTokenException",
        "ServiceException" => "InternalServerException",
        var code => code,
    };

    protected override AwsError Unknown(string operation) => new("UnknownOperationException", $"AWS Account Management has no operation {operation}.", status: 404);
}
