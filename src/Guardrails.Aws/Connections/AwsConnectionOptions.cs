namespace Guardrails.Aws;

/// <summary>How to reach an organization. Everything is optional: without anything the SDK's own credential chain decides.</summary>
internal sealed record AwsConnectionOptions
{
    /// <summary>A profile of the shared AWS files; null for <c>AWS_PROFILE</c>, environment, container and instance, as the SDK looks for them.</summary>
    public string? Profile { get; init; }

    /// <summary>The AWS Region of regional services and of STS; null for the profile's, then <c>AWS_REGION</c>, then <c>AWS_DEFAULT_REGION</c>.</summary>
    public string? Region { get; init; }

    /// <summary>A role to assume with the credentials found.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external id that the role's trust policy asks for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The session's name in CloudTrail; null for <c>guardrails</c>.</summary>
    public string? RoleSessionName { get; init; }

    /// <summary>Replaces AWS's own endpoints, of STS too: a sandbox's server, say.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Refuse every writing call before it is sent.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The sandbox file to show on the connection; null for AWS.</summary>
    public string? Sandbox { get; init; }

    /// <summary>Answers the requests instead of the network. The connection disposes it.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>Keys to use instead of looking for some.</summary>
    public AwsKeys? Keys { get; init; }

    /// <summary>The clock by which the connection waits and stamps.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How calls wait and are repeated.</summary>
    public CallPolicy Calls { get; init; } = new();

    /// <summary>Releases what the handler works on, when the connection is closed or cannot be made.</summary>
    public Action? Close { get; init; }
}

/// <summary>An access key. Its text shows the id only.</summary>
internal sealed record AwsKeys(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    public override string ToString() => AccessKeyId;
}
