using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>A service of AWS JSON 1.1.</summary>
/// <param name="target">The part of X-Amz-Target before the operation, with its dot.</param>
internal abstract class JsonService(string name, string model, string target, IReadOnlyDictionary<string, Operation> operations, FrozenSet<string> notHere)
    : Service(name, ServiceModel.Load(model), operations, notHere)
{
    public bool IsMeantBy(WireRequest request) => request.Method == "POST"
        && request.Header("X-Amz-Target")?.StartsWith(target, StringComparison.Ordinal) == true
        && request.Header("Content-Type")?.StartsWith(JsonProtocol.ContentType, StringComparison.OrdinalIgnoreCase) == true;

    public override string ContentType => JsonProtocol.ContentType;

    public override string OperationOf(WireRequest request) => Short(request.Header("X-Amz-Target")![target.Length..]);

    public override JsonObject ReadInput(StructureShape shape, WireRequest request) => JsonInput.Read(shape, request.Body);

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
    protected override AwsError Unknown(string operation) => new("UnknownOperationException", $"AWS {Name} has no operation {operation}.", status: 404);
}

/// <summary>IAM Identity Center (SSO Admin) or its identity store: JSON services that name their errors alike.</summary>
internal sealed class IdentityService(string name, string model, string target, IReadOnlyDictionary<string, Operation> operations)
    : JsonService(name, model, target, operations, FrozenSet<string>.Empty)
{
    public override AwsError Refusal(IReadOnlyList<Violation> violations) => new("ValidationException", QueryProtocol.ToError(violations).Message);

    public override string CodeOf(AwsError error) => error.Code switch
    {
        "TooManyRequestsException" => "ThrottlingException",
        "ServiceException" => "InternalServerException",
        _ => base.CodeOf(error),
    };
}
