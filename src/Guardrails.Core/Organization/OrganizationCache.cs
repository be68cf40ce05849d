namespace Guardrails;

/// <summary>What a connection last read of its organization. One read at a time; readers that come meanwhile get its result.</summary>
internal sealed class OrganizationCache : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Organization? _last;

    /// <summary>The last one read, without any call: for completion. Null where nothing was read yet.</summary>
    public Organization? Last => _last;

    /// <summary>The organization with at least that detail, read anew only where it must be or where <paramref name="refresh"/> asks for it.</summary>
    public async Task<Organization> GetAsync(IOrganizationPort port, OrganizationDetail detail, bool refresh, CallScope scope)
    {
        var seen = _last;
        if (!refresh && seen is not null && seen.Detail.HasFlag(detail)) return seen;
        await _reading.WaitAsync(scope.Cancel);
        try
        {
            var known = _last;
            var fresh = known is not null && (!refresh || !ReferenceEquals(known, seen));
            if (fresh && known!.Detail.HasFlag(detail)) return known;
            var wanted = known is null ? detail : detail | known.Detail;
            return _last = Organization.From(await port.ReadAsync(wanted, scope));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Forgets what was read: something was changed.</summary>
    public void Forget() => _last = null;

    public void Dispose() => _reading.Dispose();
}
