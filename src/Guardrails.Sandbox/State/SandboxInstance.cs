using System.Buffers;

namespace Guardrails.Sandbox;

/// <summary>A sandbox that is open in this process, shared by all who opened its path.</summary>
internal sealed class SandboxInstance
{
    private static readonly Lock Registry = new();
    private static readonly Dictionary<string, SandboxInstance> Open = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly SandboxLock _fileLock;
    private int _users;

    private SandboxInstance(string path, SandboxLock fileLock, SandboxFile.Content content, SandboxOptions options)
    {
        Path = path;
        _fileLock = fileLock;
        Clock = options.Clock ?? NewClock(content.Time, options.RealTime);
        if (options.AccountCreationTime is { } time) content.State.Behavior = content.State.Behavior with { CreationTime = time };
        var quotas = options.Quotas ?? SandboxQuotas.Default;
        var rates = options.Rates ?? new CallRates(quotas.ReadCallsPerSecond, quotas.ReadCallsBurst, quotas.WriteCallsPerSecond, quotas.WriteCallsBurst);
        Faults = new SandboxFaults { Latency = options.Latency };
        Store = new StateStore(path, content.State, Clock);
        Endpoint = new SandboxEndpoint(Store, Clock, quotas, options.Throttling ? rates : null, Faults, Calls);
    }

    public string Path { get; }

    public TimeProvider Clock { get; }

    public SandboxFaults Faults { get; }

    public CallLog Calls { get; } = new();

    public StateStore Store { get; }

    public SandboxEndpoint Endpoint { get; }

    public static SandboxInstance Acquire(string path, SandboxOptions options)
    {
        var full = FullPath(path);
        lock (Registry)
        {
            if (Open.TryGetValue(full, out var shared))
            {
                if (options.RealTime && shared.Clock is VirtualClock)
                    throw new SandboxException(SandboxProblem.Unusable,
                        $"The sandbox {full} is open in this process in virtual time. Disconnect from it first (Disconnect-Guardrail), then serve it.");
                shared._users++;
                return shared;
            }
            var fileLock = TakeLock(full);
            try
            {
                var instance = new SandboxInstance(full, fileLock, SandboxFile.Read(full), options) { _users = 1 };
                // What a save that was cut off by a crash left behind; the file itself is the state before it.
                File.Delete(SandboxFile.TemporaryPath(full));
                Open.Add(full, instance);
                return instance;
            }
            catch
            {
                fileLock.Dispose();
                throw;
            }
        }
    }

    /// <summary>Writes a new state file. Nothing is opened.</summary>
    public static void Create(string path, OrganizationState state, DateTimeOffset time, bool overwrite)
    {
        var full = FullPath(path);
        lock (Registry)
        {
            if (Open.ContainsKey(full))
                throw new SandboxException(SandboxProblem.AlreadyExists,
                    $"The sandbox {full} is open in this process. Disconnect from it first, or choose another path.");
            using (TakeLock(full))
            {
                if (!overwrite && File.Exists(full))
                    throw new SandboxException(SandboxProblem.AlreadyExists, $"{full} exists already. Choose another path, or remove it first.");
                var buffer = new ArrayBufferWriter<byte>();
                SandboxFile.Write(buffer, state, time);
                try
                {
                    SandboxFile.Replace(full, buffer.WrittenSpan);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new SandboxException(SandboxProblem.Unusable, $"The sandbox file {full} cannot be written: {e.Message}", e);
                }
            }
        }
    }

    public void Leave()
    {
        lock (Registry)
        {
            if (--_users > 0) return;
            Open.Remove(Path);
            // A call may still be saving; its lock must not go before.
            Store.WaitForSaves();
            _fileLock.Dispose();
        }
    }

    private static SandboxLock TakeLock(string full) => SandboxLock.Take(full, DateTimeOffset.UtcNow);

    private static TimeProvider NewClock(DateTimeOffset saved, bool realTime)
    {
        var now = DateTimeOffset.UtcNow;
        var start = saved > now ? saved : now;
        return realTime ? new ShiftedClock(start - now) : new VirtualClock(start);
    }

    /// <summary>Of the file itself, if the path is a link to it: saving replaces the file, and the link shall stay.</summary>
    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new SandboxException(SandboxProblem.Unusable, $"{full} is a folder. A sandbox is a file.");
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }
}
