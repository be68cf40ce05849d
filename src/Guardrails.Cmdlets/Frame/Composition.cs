using System.Text.Json;
using Guardrails.Aws;
using Guardrails.Formats;
using Guardrails.Sandbox;

namespace Guardrails.Cmdlets;

/// <summary>
/// Puts the parts together: the only class that knows AWS, the sandbox and the file formats. Nothing of them is loaded before one of
/// its methods is called.
/// </summary>
internal static class Composition
{
    // A sandbox has no Regions; something must stand in the signature.
    private const string SandboxRegion = "us-east-1";

    /// <summary>Connects to AWS, or to a sandbox file in this process.</summary>
    public static async Task<GuardrailConnection> ConnectAsync(ConnectionRequest request, CallScope scope)
    {
        var quotas = ModuleQuotas.Read(request.QuotaPath);
        var options = new AwsConnectionOptions
        {
            Profile = request.Profile,
            Region = request.Region,
            RoleArn = request.RoleArn,
            ExternalId = request.ExternalId,
            RoleSessionName = request.RoleSessionName,
            EndpointUrl = request.EndpointUrl,
            ReadOnly = request.ReadOnly,
        };
        var connection = await AwsCloud.ConnectAsync(request.Sandbox is { } path ? WithSandbox(options, path, request.QuotaPath) : options, scope);
        connection.Quotas = quotas;
        return connection;
    }

    /// <summary>Reads a file of rows: CSV, JSON or YAML, by its ending.</summary>
    public static DocumentRows ReadTable(string path) => RowFiles.Read(path);

    /// <summary>Reads a YAML file of lists, mappings and text.</summary>
    public static DocumentTree ReadTree(string path) => TreeFiles.Read(path);

    /// <summary>Reads the files of an inventory; a file that can't be read is a gap.</summary>
    /// <param name="paths">Files, and folders with all that is in them.</param>
    /// <param name="progress">Told from any thread: how many files are done, of how many.</param>
    public static IReadOnlyList<InventoryFile> ReadInventory(IEnumerable<InventoryPath> paths, InventoryReading reading, int threads, Action<int, int> progress, CancellationToken cancel)
    {
        // A file that is named twice, by itself and with its folder, is one file.
        var files = paths.SelectMany(path => Directory.Exists(path.FullPath) ? InventoryFiles.Find(path.FullPath, path.Name) : [path])
            .DistinctBy(path => path.FullPath).OrderBy(path => path.FullPath, StringComparer.Ordinal).ToList();
        return InventoryFiles.Read(files, reading, threads, done => progress(done, files.Count), cancel);
    }

    /// <summary>Makes a sandbox file.</summary>
    public static SandboxInfo CreateSandbox(SandboxRequest request) => Sandboxes(() =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var state = request switch
        {
            { Snapshot: { } snapshot } => FromSnapshot(snapshot, request.Seed),
            { Size: { } size } => NewOrganization.Generate(size.Accounts, size.OrganizationalUnits, size.Policies, request.Seed, now),
            _ => NewOrganization.Empty(request.Seed, now),
        };
        if (request.AccountQuota is { } quota) state.AccountQuota = quota;
        if (request.IdentityCenter is { } asked)
        {
            var usual = NewIdentityCenter.Default;
            new NewIdentityCenter(asked.PermissionSets ?? usual.PermissionSets, asked.Groups ?? usual.Groups, asked.Users ?? usual.Users).AddTo(state, now);
        }
        foreach (var service in request.TrustedAccess) ServiceAccessOperations.Grant(state, service, now);
        Sandbox.Sandbox.Create(request.Path, state, now, request.Overwrite);
        return new SandboxInfo
        {
            Path = request.Path,
            ManagementAccountId = state.ManagementAccountId,
            AccountCount = state.Accounts.Count,
            OrganizationalUnitCount = state.Units.Count,
            PolicyCount = state.Policies.Count,
        };
    }, request.Path);

    /// <summary>Serves a sandbox file on 127.0.0.1.</summary>
    /// <param name="creationTime">How long the creation of an account takes; null as the file says.</param>
    public static SandboxServer StartSandbox(string path, int port, TimeSpan? creationTime, string? quotaPath) => Sandboxes(() =>
    {
        var server = Sandbox.SandboxServer.Start(path, port, new SandboxOptions { AccountCreationTime = creationTime, Quotas = Quotas(quotaPath) });
        return new SandboxServer(async () => await server.DisposeAsync())
        {
            Uri = server.Endpoint,
            Port = server.Port,
            Path = server.Sandbox.Path,
            ManagementAccountId = server.Sandbox.ManagementAccountId,
        };
    }, path);

    private static OrganizationState FromSnapshot(string path, long seed)
    {
        try
        {
            using var snapshot = JsonDocument.Parse(File.ReadAllBytes(path));
            return SnapshotImport.Read(snapshot.RootElement, seed);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ErrorRecordException(Errors.SnapshotUnreadable.Record($"'{path}' cannot be read as a snapshot: {e.Message}", path, e));
        }
    }

    private static SandboxQuotas? Quotas(string? path)
    {
        if (path is null) return null;
        try
        {
            using var own = JsonDocument.Parse(File.ReadAllBytes(path));
            return SandboxQuotas.Create(own.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ErrorRecordException(Errors.QuotasUnreadable.Record($"'{path}' cannot be read as quotas: {e.Message}", path, e));
        }
    }

    private static AwsConnectionOptions WithSandbox(AwsConnectionOptions options, string path, string? quotaPath)
    {
        var sandbox = Sandboxes(() => Sandbox.Sandbox.Open(path, new SandboxOptions { Quotas = Quotas(quotaPath) }), path);
        var keys = sandbox.ManagementCredentials;
        return options with
        {
            Region = options.Region ?? SandboxRegion,
            Sandbox = sandbox.Path,
            Handler = sandbox.CreateHandler,
            Keys = new AwsKeys(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
            Clock = sandbox.Clock,
            Close = sandbox.Dispose,
        };
    }

    /// <summary>Runs what concerns a sandbox file, and tells its problems by the catalogue.</summary>
    private static T Sandboxes<T>(Func<T> work, string path)
    {
        try
        {
            return work();
        }
        catch (SandboxException e)
        {
            throw new ErrorRecordException(Known(e.Problem).Said(e, path));
        }
    }

    private static KnownError Known(SandboxProblem problem) => problem switch
    {
        SandboxProblem.NotFound => Errors.FileNotFound,
        SandboxProblem.AlreadyExists => Errors.FileExists,
        SandboxProblem.Damaged => Errors.SandboxDamaged,
        SandboxProblem.NewerVersion => Errors.SandboxTooNew,
        SandboxProblem.Locked => Errors.SandboxLocked,
        _ => Errors.SandboxUnusable,
    };
}
