namespace Guardrails;

/// <summary>A sandbox that is served on this machine, for the AWS CLI and other tools.</summary>
public sealed class SandboxServer
{
    private readonly Lazy<Task> _stopping;

    internal SandboxServer(Func<Task> stop) => _stopping = new Lazy<Task>(() => Task.Run(stop));

    /// <summary>The address, for <c>aws --endpoint-url</c> and <c>Connect-Guardrail -EndpointUrl</c>.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The port on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>The full path of the sandbox's file.</summary>
    public required string Path { get; init; }

    /// <summary>The 12-digit id of the management account: any access key that belongs to no member stands for it.</summary>
    public required string ManagementAccountId { get; init; }

    /// <summary>False once it is being stopped.</summary>
    public bool Running => !_stopping.IsValueCreated;

    /// <summary>The address.</summary>
    public override string ToString() => Uri.ToString();

    /// <summary>Takes no more requests, finishes those under way and gives the file free. Once; later calls wait for the first.</summary>
    internal Task StopAsync() => _stopping.Value;
}
