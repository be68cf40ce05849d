using System.Net;
using System.Text.Json;
using Amazon.Organizations.Model;
using Amazon.Runtime;

namespace Guardrails.Aws;

/// <summary>What kind of failure ended an attempt; decides whether the call is repeated.</summary>
internal enum FailureKind
{
    /// <summary>The service understood and said no. Nothing happened; asking again changes nothing.</summary>
    Refused,

    /// <summary>Too fast. Nothing happened.</summary>
    Throttled,

    /// <summary>Another change was under way. Nothing happened.</summary>
    ConcurrentChange,

    /// <summary>The organization is still being set up, for up to an hour. Nothing happened.</summary>
    Finalizing,

    /// <summary>The request never left. Nothing happened.</summary>
    Unreached,

    /// <summary>No answer, an unreadable one, or a failure inside the service: it may have happened.</summary>
    Lost,
}

/// <summary>An attempt that failed, classified. The message holds nothing of the answer's body but AWS's own error message.</summary>
internal sealed record CallFailure(FailureKind Kind, string Code, string Message)
{
    public string? Reason { get; init; }
    public string? RequestId { get; init; }

    /// <summary>The exception to keep for the curious; never one that could quote an answer.</summary>
    public Exception? Inner { get; init; }

    public CallOutcome Outcome => Kind == FailureKind.Lost ? CallOutcome.Unknown : CallOutcome.NotDone;

    /// <summary>Codes by which AWS's services say "slower". Source: SDK reference guide, retry behaviour (August 2026).</summary>
    /// <remarks>LimitExceededException is not among them: the SDK takes it for throttling, most services mean a quota.</remarks>
    private static readonly HashSet<string> Throttling = new(StringComparer.Ordinal)
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
        "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
        "TransactionInProgressException",
    };

    public static CallFailure From(Exception exception, TimeSpan timeout)
    {
        if (Chain(exception).OfType<CloudException>().FirstOrDefault() is { } known)
            return new(FailureKind.Refused, known.Code, known.Message) { Reason = known.Reason, RequestId = known.RequestId, Inner = known };
        if (Chain(exception).OfType<ObjectDisposedException>().Any()) return new(FailureKind.Refused, "ConnectionClosed", "The connection is closed.");
        if (Chain(exception).OfType<AmazonServiceException>().FirstOrDefault(e => e.StatusCode != 0) is { } answered) return FromAnswer(answered);
        if (Chain(exception).OfType<AmazonUnmarshallingException>().Any() || exception is JsonException or FormatException or InvalidOperationException)
            return Unreadable(null, (exception as AmazonServiceException)?.RequestId);
        if (Chain(exception).OfType<HttpRequestException>().FirstOrDefault() is { } http) return FromConnection(http);
        if (Chain(exception).OfType<OperationCanceledException>().Any() || Chain(exception).OfType<TimeoutException>().Any())
            return new(FailureKind.Lost, "ConnectionFailed", $"No answer within {timeout.TotalSeconds:0.#} seconds.");
        if (Chain(exception).OfType<IOException>().FirstOrDefault() is { } io)
            return new(FailureKind.Lost, "ConnectionFailed", "The connection broke before the answer was complete: " + io.Message) { Inner = io };
        if (exception is AmazonServiceException bare) return FromAnswer(bare);
        // What the SDK throws before it sends: no usable credentials, a value that cannot be sent.
        if (exception is AmazonClientException) return new(FailureKind.Refused, "NoCredentials", exception.Message);
        return new(FailureKind.Lost, "InvalidAnswer", $"The call ended in {exception.GetType().Name}.");
    }

    private static CallFailure FromAnswer(AmazonServiceException e)
    {
        var code = e.ErrorCode;
        var status = (int)e.StatusCode;
        // Without a code of its own the answer was not AWS's: a proxy's page, say. The SDK then puts the status or its own words there.
        var ownCode = e is not AmazonUnmarshallingException && IsCode(code, e.StatusCode);
        if (status == (int)HttpStatusCode.TooManyRequests || (ownCode && Throttling.Contains(code)))
            return Answer(FailureKind.Throttled, ownCode ? code : "TooManyRequestsException");
        if (!ownCode) return Unreadable(status, e.RequestId);
        return code switch
        {
            "ConcurrentModificationException" => Answer(FailureKind.ConcurrentChange, code),
            "FinalizingOrganizationException" => Answer(FailureKind.Finalizing, code),
            "ServiceException" or "InternalFailure" or "InternalServerError" or "InternalServerException" or "ServiceUnavailable" or
                "ServiceUnavailableException" or "RequestTimeout" or "RequestTimeoutException" => Answer(FailureKind.Lost, code),
            _ => Answer(status >= 500 ? FailureKind.Lost : FailureKind.Refused, code),
        };

        CallFailure Answer(FailureKind kind, string name) => new(kind, name, string.IsNullOrWhiteSpace(e.Message) ? name : e.Message)
        {
            Reason = ReasonOf(e),
            RequestId = string.IsNullOrEmpty(e.RequestId) ? null : e.RequestId,
        };
    }

    private static bool IsCode(string? code, HttpStatusCode status) =>
        !string.IsNullOrEmpty(code) && code != status.ToString() && code != "Unknown" && char.IsAsciiLetter(code[0])
        && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');

    private static CallFailure Unreadable(int? status, string? requestId)
    {
        // Below 500 a gateway or the service turned the request away; a readable success would have been read.
        var kind = status is >= 300 and < 500 and not 408 ? FailureKind.Refused : FailureKind.Lost;
        var what = status is { } s and not 0
            ? $"The answer (HTTP {s}) is not one of AWS's."
            : "The answer could not be read: it is cut off or is not what the service answers.";
        return new(kind, "InvalidAnswer", what) { RequestId = string.IsNullOrEmpty(requestId) ? null : requestId };
    }

    private static CallFailure FromConnection(HttpRequestException e)
    {
        var before = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError;
        return before
            ? new(FailureKind.Unreached, "ConnectionFailed", "The service could not be reached: " + e.Message) { Inner = e }
            : new(FailureKind.Lost, "ConnectionFailed", "The connection broke before the answer was complete: " + e.Message) { Inner = e };
    }

    private static string? ReasonOf(AmazonServiceException e) => e switch
    {
        ConstraintViolationException c => c.Reason?.Value,
        InvalidInputException i => i.Reason?.Value,
        AccessDeniedForDependencyException a => a.Reason?.Value,
        _ => null,
    };

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException) yield return e;
    }
}
