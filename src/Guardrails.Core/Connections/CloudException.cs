namespace Guardrails;

/// <summary>Whether a call that ended in an error may have had its effect.</summary>
public enum CallOutcome
{
    /// <summary>The cloud refused, or was never reached: nothing changed.</summary>
    NotDone,

    /// <summary>The answer was lost or unreadable: look before asking again.</summary>
    Unknown,
}

/// <summary>A call to the cloud that did not succeed, with all that helps to go on. Holds no secret.</summary>
public sealed class CloudException : Exception
{
    /// <param name="operation">Service and operation: <c>organizations:MoveAccount</c>.</param>
    /// <param name="code">AWS's error code, such as <c>ConstraintViolationException</c>.</param>
    /// <param name="message">AWS's message, or what was wrong with its answer.</param>
    internal CloudException(string operation, string code, string message, Exception? inner = null) : base(message, inner)
    {
        Operation = operation;
        Code = code;
    }

    /// <summary>Service and operation: <c>organizations:MoveAccount</c>.</summary>
    public string Operation { get; }

    /// <summary>AWS's error code, or one of this module's own: <c>ReadOnlyConnection</c>, <c>ConnectionClosed</c>, <c>InvalidAnswer</c>, <c>ConnectionFailed</c>, <c>EndlessListing</c>; while connecting <c>UnknownProfile</c>, <c>NoRegion</c>, <c>InvalidRegion</c>, <c>InvalidRole</c>, <c>InvalidEndpoint</c>, <c>NoCredentials</c>, <c>ExpiredToken</c>.</summary>
    public string Code { get; }

    /// <summary>AWS's reason within the code, such as <c>OU_DEPTH_LIMIT_EXCEEDED</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>AWS's request id, for a support case.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the call may have had its effect.</summary>
    public CallOutcome Outcome { get; init; }

    /// <summary>What to do about it, in one sentence; null where nothing better than the message is known.</summary>
    public string? NextStep { get; init; }
}
