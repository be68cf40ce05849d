namespace Guardrails;

/// <summary>What is known of a condition key in a request.</summary>
internal enum KeyState : byte
{
    Unknown,
    Absent,
    Present,
}

/// <summary>
/// A request in the form that compiled policies evaluate: condition keys by number, found in the request when a condition first asks for
/// them. One for each thread, used again for every request, so that a decision allocates nothing.
/// </summary>
internal sealed class BoundRequest(KeyTable keys)
{
    /// <param name="Request">The request for which the slot was filled; any other makes it stale.</param>
    private record struct Slot(long Request, KeyState State, string[]? Many, string? One);

    private Slot[] _slots = [];
    private long _current;
    private int[] _scratch = new int[256];
    private PlacedAccount? _principal;
    private PlacedAccount? _resource;

    public AccessRequest Request { get; private set; } = null!;

    /// <param name="principal">Where the principal's account is in the organization; null where it isn't, or isn't known.</param>
    /// <param name="resource">The same for the resource's account.</param>
    public void Bind(AccessRequest request, PlacedAccount? principal, PlacedAccount? resource)
    {
        Request = request;
        _principal = principal;
        _resource = resource;
        _current++;
        if (_slots.Length < keys.Count) Array.Resize(ref _slots, keys.Count);
    }

    public KeyState State(int key) => Resolve(key).State;

    /// <summary>The names of those keys that are not known.</summary>
    public IEnumerable<string> UnknownAmong(IEnumerable<int> wanted) => wanted.Where(key => State(key) == KeyState.Unknown).Select(key => keys[key]);

    /// <summary>How many values a present key has.</summary>
    public int Count(int key) => Resolve(key) is { State: KeyState.Present } slot ? slot.Many?.Length ?? 1 : 0;

    public string Value(int key, int index) => Resolve(key) is { Many: { } many } ? many[index] : Resolve(key).One!;

    /// <summary>Room for an expanded pattern; valid until the next call.</summary>
    public Span<int> Scratch(int length)
    {
        if (_scratch.Length < length) _scratch = new int[Math.Max(length, _scratch.Length * 2)];
        return _scratch.AsSpan(0, length);
    }

    private ref readonly Slot Resolve(int key)
    {
        ref var slot = ref _slots[key];
        if (slot.Request != _current) slot = Find(keys[key]);
        return ref slot;
    }

    private Slot Find(string name)
    {
        foreach (var key in Request.Keys)
        {
            if (key.Name.Length != name.Length || !key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            return key.Items.Length == 0 ? new Slot(_current, KeyState.Absent, null, null) : new Slot(_current, KeyState.Present, key.Items, null);
        }
        // Each key has a prefix: what has none, as a placeholder that was left unfilled, is in no request.
        if (!name.Contains(':', StringComparison.Ordinal)) return new Slot(_current, KeyState.Absent, null, null);
        return Derive(name) is { } value ? new Slot(_current, KeyState.Present, null, value) : new Slot(_current, KeyState.Unknown, null, null);
    }

    /// <summary>Keys that follow from principal, resource and organization where the context does not say them.</summary>
    private string? Derive(string name)
    {
        if (!name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) return null;
        if (Is(name, "aws:PrincipalArn")) return Request.PrincipalKind == PrincipalKind.Service ? null : Request.PrincipalArn;
        if (Is(name, "aws:PrincipalAccount")) return Request.PrincipalAccount;
        if (Is(name, "aws:PrincipalOrgID")) return _principal?.OrganizationId;
        if (Is(name, "aws:PrincipalOrgPaths")) return _principal?.OrganizationPath;
        if (Is(name, "aws:ResourceAccount")) return Request.ResourceAccount;
        if (Is(name, "aws:ResourceOrgID")) return _resource?.OrganizationId;
        if (Is(name, "aws:ResourceOrgPaths")) return _resource?.OrganizationPath;
        if (!Is(name, "aws:PrincipalIsAWSService")) return null;
        return Request.PrincipalKind switch
        {
            PrincipalKind.Service => "true",
            PrincipalKind.Identity or PrincipalKind.ServiceLinkedRole => "false",
            _ => null,
        };
    }

    private static bool Is(string name, string known) => name.Length == known.Length && name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
