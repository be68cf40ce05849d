namespace Guardrails.Sandbox;

/// <summary>Errors of the service as a whole, under the names of Organizations; STS has other names for them (<see cref="StsService"/>).</summary>
internal static class ServiceErrors
{
    public static FaultAnswer.Error TooManyRequests { get; } =
        new("TooManyRequestsException", "You have sent too many requests in too short a time. Try again later.");

    public static FaultAnswer.Error Internal { get; } =
        new("ServiceException", "The service could not complete the request because of an internal error.", Status: 500);

    public static AwsError From(FaultAnswer.Error error) => new(error.Code, error.Message, error.Reason, error.Status);
}
