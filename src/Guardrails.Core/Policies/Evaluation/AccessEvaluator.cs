namespace Guardrails;

/// <summary>What service and resource control policies make of a request.</summary>
public enum AccessOutcome
{
    /// <summary>They don't deny it. Whether it is allowed is up to the other policies.</summary>
    NotDenied,

    /// <summary>They deny it, whatever is not known of it.</summary>
    Denied,

    /// <summary>It depends on what is not known of it.</summary>
    Indeterminate,
}

/// <summary>
/// Decides requests by the policies of an organization. Holds room for one request at a time: one for each thread. A decision allocates
/// nothing.
/// </summary>
internal sealed class AccessEvaluator(GuardedOrganization organization)
{
    public GuardedOrganization Organization { get; } = organization;

    public BoundRequest Bound { get; } = new(organization.Keys);

    public AccessOutcome Decide(AccessRequest request)
    {
        var principal = Organization.Find(request.PrincipalAccount);
        var resource = Organization.Find(request.ResourceAccount);
        Bound.Bind(request, principal, resource);
        var denied = ServiceControlsDeny(principal);
        if (denied != Truth.True) denied = denied.Or(ResourceControlsDeny(resource));
        return OutcomeOf(denied);
    }

    public static AccessOutcome OutcomeOf(Truth denied) => denied switch
    {
        Truth.True => AccessOutcome.Denied,
        Truth.False => AccessOutcome.NotDenied,
        _ => AccessOutcome.Indeterminate,
    };

    /// <summary>Service control policies follow the principal's account, and bind its identities but no service-linked role.</summary>
    public Truth ServiceControlsDeny(PlacedAccount? principal)
    {
        var request = Bound.Request;
        if (request.PrincipalKind is PrincipalKind.ServiceLinkedRole or PrincipalKind.Service or PrincipalKind.Anonymous) return Truth.False;
        if (request.PrincipalAccount is null) return SomewhereDenied();
        if (principal is null || principal.IsManagement || principal.ServiceControls is null) return Truth.False;
        var denied = principal.ServiceControls.Denies(Bound);
        return request.PrincipalKind == PrincipalKind.Unknown ? denied.And(Truth.Unknown) : denied;
    }

    /// <summary>Resource control policies follow the resource's account, and bind every caller but service-linked roles.</summary>
    public Truth ResourceControlsDeny(PlacedAccount? resource)
    {
        var request = Bound.Request;
        if (request.PrincipalKind == PrincipalKind.ServiceLinkedRole || !Organization.Scope.Reaches(request)) return Truth.False;
        Truth denied;
        if (request.ResourceAccount is null) denied = Organization.AnyResourceControl.Denies(Bound).And(Truth.Unknown);
        else if (resource is null || resource.IsManagement || resource.ResourceControls is null) return Truth.False;
        else denied = resource.ResourceControls.Denies(Bound);
        if (request.PrincipalKind == PrincipalKind.Unknown) denied = denied.And(Truth.Unknown);
        return denied == Truth.False ? denied : denied.And(IsAwsManagedKey(request).Not());
    }

    /// <summary>KMS keys that AWS manages are exempt: known by their alias, or said by the request. An action on no key is on no such key.</summary>
    public static Truth IsAwsManagedKey(AccessRequest request)
    {
        if (!request.Service.Equals("kms", StringComparison.OrdinalIgnoreCase)) return Truth.False;
        if (request.AwsManagedKey is { } known) return TruthLogic.Of(known);
        if (request.Resource is not { } resource) return Truth.Unknown;
        if (resource == "*") return Truth.False;
        var alias = resource.IndexOf(":alias/", StringComparison.Ordinal);
        return alias < 0 ? Truth.Unknown : TruthLogic.Of(resource.AsSpan(alias).StartsWith(":alias/aws/", StringComparison.Ordinal));
    }

    /// <summary>The principal's account is not known: it may be one that is not bound, so nothing is certain but that no chain denies.</summary>
    private Truth SomewhereDenied()
    {
        foreach (var chain in Organization.ServiceControls)
        {
            if (chain.Denies(Bound) != Truth.False) return Truth.Unknown;
        }
        return Truth.False;
    }
}
