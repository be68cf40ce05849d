namespace Guardrails;

/// <summary>One thing that a plan does to one object of the cloud, as data: it can be shown, saved, compared and undone.</summary>
public sealed record Change
{
    /// <summary>What identifies it within its plan: action and address.</summary>
    public string Id { get; private init; } = "";

    /// <summary>The kind of object, such as <c>account</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What is done to it, such as <c>create</c>.</summary>
    public required string Action
    {
        get;
        init
        {
            field = value;
            Id = $"{value} {Address}";
        }
    }

    /// <summary>Kind and place: <c>account:/Workloads/Prod/shop</c>. Several changes of one object share it.</summary>
    public required string Address
    {
        get;
        init
        {
            field = value;
            Id = $"{Action} {value}";
        }
    }

    /// <summary>The object's id in the cloud; null where the plan is what makes it.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What was seen of the live object when the change was planned, by name; empty where the object is still to be made. A change whose object has moved on is refused.</summary>
    public IReadOnlyDictionary<string, string> Fingerprint { get; init; } = Facts.None;

    /// <summary>The facts that the change replaces, by name; empty for a creation.</summary>
    public IReadOnlyDictionary<string, string> Before { get; init; } = Facts.None;

    /// <summary>The facts as they are to be, by name.</summary>
    public IReadOnlyDictionary<string, string> After { get; init; } = Facts.None;

    /// <summary>The ids of the changes that must be done first.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The service's concurrency limit it counts against; <see cref="LaneLimits"/> says how many may run at once.</summary>
    public string Lane { get; init; } = "";

    /// <summary>How much harm it does if it is wrong.</summary>
    public ChangeRisk Risk { get; init; }

    /// <summary>Whether and how it can be taken back.</summary>
    public required Reversibility Reversibility { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>How much harm a change does if it is wrong.</summary>
public enum ChangeRisk
{
    /// <summary>Nothing that runs notices: a tag, a name, something new.</summary>
    Low,

    /// <summary>What binds a thing that runs changes with it, such as the policies on an account that is moved.</summary>
    Medium,

    /// <summary>Something that runs ends: an account is closed.</summary>
    High,
}

/// <summary>Whether and how a change can be taken back.</summary>
public enum Reversibility
{
    /// <summary>Undone by its opposite: the before-image is restored.</summary>
    Reversible,

    /// <summary>An opposite can be proposed, and leaves a trace: a created account can be closed.</summary>
    Compensable,

    /// <summary>Cannot be taken back.</summary>
    Irreversible,
}
