namespace Guardrails;

/// <summary>How two resources hold on to each other. Each class has its own cost of being made anew elsewhere.</summary>
public enum EdgeClass
{
    /// <summary>Neither end is of a family that is known.</summary>
    Unclassified,

    /// <summary>Roles, policies, permissions, keys.</summary>
    Identity,

    /// <summary>Events, queues, topics, triggers.</summary>
    Eventing,

    /// <summary>Networks, addresses, names, load balancing.</summary>
    Network,

    /// <summary>Logs, metrics, alarms, traces.</summary>
    Observability,

    /// <summary>Something is read from, or written to, a store.</summary>
    Data,
}

/// <summary>That a resource uses another one of the same inventory.</summary>
/// <param name="Target">The other resource's <see cref="InventoryResource.Key"/>.</param>
/// <param name="Class">The kind of the coupling, by the types at its two ends.</param>
public sealed record ResourceReference(string Target, EdgeClass Class);
