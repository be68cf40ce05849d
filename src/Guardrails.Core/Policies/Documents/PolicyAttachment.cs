namespace Guardrails;

/// <summary>A policy that binds an account or organizational unit, and where it is attached for that.</summary>
public sealed record PolicyAttachment
{
    /// <summary>The path of the account or organizational unit that was asked about.</summary>
    public required string Target { get; init; }

    /// <summary>Its id.</summary>
    public required string TargetId { get; init; }

    /// <summary>The path of what the policy is attached to: the target itself, or what holds it.</summary>
    public required string AttachedTo { get; init; }

    /// <summary>The id of that.</summary>
    public required string AttachedToId { get; init; }

    /// <summary>True where the policy is attached to something above the target.</summary>
    public bool Inherited => TargetId != AttachedToId;

    /// <summary>The policy.</summary>
    public required OrganizationPolicy Policy { get; init; }

    /// <summary>The policy's name.</summary>
    public string Name => Policy.Name;

    /// <summary>The policy's type as AWS names it.</summary>
    public string Type => Policy.Type;

    /// <summary>The policy's id.</summary>
    public string Id => Policy.Id;

    /// <summary>The policy's document; null where it was not asked for.</summary>
    public string? Content => Policy.Content;
}
