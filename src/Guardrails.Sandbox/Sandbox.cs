namespace Guardrails.Sandbox;

/// <summary>
/// An AWS organization in one file, answering AWS's own protocols. Several opens of one path in a process share it; it closes with the last of them.
/// Signatures are not checked: the access key alone says who calls (<see cref="AccessKeys"/>).
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly SandboxInstance _instance;
    private int _disposed;

    private Sandbox(SandboxInstance instance) => _instance = instance;

    /// <summary>Full path of the state file.</summary>
    public string Path => _instance.Path;

    /// <summary>The sandbox's time. Clients in this process wait with it.</summary>
    public TimeProvider Clock => _instance.Clock;

    /// <summary>What goes wrong, on demand.</summary>
    public SandboxFaults Faults => _instance.Faults;

    /// <summary>The calls that came in.</summary>
    public CallLog Calls => _instance.Calls;

    public string ManagementAccountId => _instance.Store.Use(state => state.ManagementAccountId);

    /// <summary>Of a user of the management account.</summary>
    public SandboxCredentials ManagementCredentials => AccessKeyFor(ManagementAccountId);

    /// <summary>How often the state was written to disk since it was opened.</summary>
    public long Saves => _instance.Store.Saves;

    /// <summary>Writes a new state file.</summary>
    /// <param name="path">Must not exist, unless <paramref name="overwrite"/>.</param>
    /// <param name="state">An organization from nothing, a snapshot or the generator.</param>
    /// <param name="time">The sandbox's time to start at; null: now.</param>
    /// <exception cref="SandboxException">AlreadyExists, Locked, NotFound (the folder), Unusable.</exception>
    public static void Create(string path, OrganizationState state, DateTimeOffset? time = null, bool overwrite = false) =>
        SandboxInstance.Create(path, state, time ?? DateTimeOffset.UtcNow, overwrite);

    /// <summary>Opens a state file and locks it against other processes.</summary>
    /// <exception cref="SandboxException">NotFound, Damaged, NewerVersion, Locked, Unusable.</exception>
    public static Sandbox Open(string path, SandboxOptions? options = null) => new(SandboxInstance.Acquire(path, options ?? new SandboxOptions()));

    /// <summary>A transport for clients in this process, to any endpoint. It ends with this sandbox.</summary>
    public HttpMessageHandler CreateHandler()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return new SandboxHandler(() => Endpoint);
    }

    /// <summary>A key of a user of the account. The same at every call.</summary>
    /// <param name="accountId">12 digits; the account need not be there, then Organizations refuses it.</param>
    public static SandboxCredentials AccessKeyFor(string accountId)
    {
        if (accountId.Length != 12 || !accountId.All(char.IsAsciiDigit)) throw new ArgumentException("An account id has 12 digits.", nameof(accountId));
        return AccessKeys.ForUser(accountId);
    }

    /// <summary>Creations that are asked for from now on take this long.</summary>
    public void SetAccountCreationTime(TimeSpan time) => _instance.Store.Use(state => state.Behavior = state.Behavior with { CreationTime = time });

    /// <summary>A creation to come fails with this value of CreateAccountFailureReason. Saved with the next change.</summary>
    /// <param name="email">Whose creation; null: the next one.</param>
    public void FailAccountCreation(string reason, string? email = null) =>
        _instance.Store.Use(state =>
        {
            state.PlannedFailures.Add(new PlannedCreationFailure(reason, email));
            return true;
        });

    /// <summary>Reads the organization, with nobody else at it.</summary>
    public T Read<T>(Func<OrganizationState, T> read) => _instance.Store.Use(read);

    /// <summary>The last one to close it waits for saves in progress and gives the file free.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _instance.Leave();
    }

    /// <exception cref="ObjectDisposedException">The sandbox is closed.</exception>
    internal SandboxEndpoint Endpoint
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            return _instance.Endpoint;
        }
    }
}
