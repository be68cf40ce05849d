using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Guardrails.Aws;

/// <summary>What the parts of one read share: when to stop, what failed first, what was denied, and how far it is.</summary>
internal sealed class ReadRun : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentDictionary<string, string> _gaps = new(StringComparer.Ordinal);
    private ExceptionDispatchInfo? _failure;
    private int _accounts;
    private int _units;
    private int _policies;

    public ReadRun(AwsCaller caller, OrganizationDetail detail, CallScope scope)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancel);
        Caller = caller;
        Detail = detail;
        Scope = scope with { Cancel = _stop.Token };
    }

    public AwsCaller Caller { get; }

    public OrganizationDetail Detail { get; }

    /// <summary>The caller's scope, stopped also by the first failure.</summary>
    public CallScope Scope { get; }

    /// <summary>What was denied, by operation.</summary>
    public IReadOnlyList<string> Gaps => [.. _gaps.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Value)];

    /// <summary>What was listed a moment ago and is deleted now: not there, as if it had been deleted before the read.</summary>
    public static bool IsGone(CloudException e) =>
        e.Code is "PolicyNotFoundException" or "ParentNotFoundException" or "TargetNotFoundException" or "AccountNotRegisteredException";

    public bool IsDenied(string operation) => _gaps.ContainsKey(operation);

    /// <summary>Runs a whole read and tells the failure that came first, not those that it caused.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception) when (_failure is not null)
        {
            _failure.Throw();
            throw;
        }
    }

    /// <summary>Keeps the first failure and stops all else: the others then only say that they were stopped.</summary>
    public async Task<T> First<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            await _stop.CancelAsync();
            throw;
        }
    }

    public Task<bool> First(Task work) => First(Done(work));

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    /// <summary>
    /// What AWS denies becomes a gap of the result, not its end. Not so what the management account needs for the tree itself:
    /// there a permission is missing, and a result without accounts would only mislead.
    /// </summary>
    public async Task<T?> AllowedAsync<T>(string operation, string what, Func<Task<T>> read, bool essential = false)
    {
        if (_gaps.ContainsKey(operation)) return default;
        try
        {
            return await read();
        }
        catch (CloudException e) when (e.Code == "AccessDeniedException" && !(essential && Caller.Caller.Role == CallerRole.ManagementAccount))
        {
            _gaps.TryAdd(operation, $"{what} could not be read: {operation} is denied to account {Caller.Caller.AccountId}. {e.NextStep}");
            return default;
        }
    }

    public void SawAccounts(int count) => Saw(ref _accounts, count);

    public void SawUnits(int count) => Saw(ref _units, count);

    public void SawPolicy() => Saw(ref _policies, 1);

    public void Dispose() => _stop.Dispose();

    private void Saw(ref int counter, int count)
    {
        Interlocked.Add(ref counter, count);
        Scope.Progress?.Invoke($"{_accounts} accounts, {_units} organizational units, {_policies} policies");
    }
}
