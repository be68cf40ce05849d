namespace Guardrails.Cmdlets.Tests;

/// <summary>An engine that is connected to a generated sandbox of its own: 30 accounts in 12 organizational units with 6 policies.</summary>
public sealed class SandboxedEngine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SandboxedEngine()
    {
        Engine.Run("$null = New-GuardrailSandbox -Path $args[0] -AccountCount 30 -OrganizationalUnitCount 12 -PolicyCount 6 -Seed 11", Sandbox).ThrowOnError();
        Connection = Engine.Run("Connect-Guardrail -Sandbox $args[0]", Sandbox).Single.BaseObject;
    }

    public Engine Engine { get; } = new();

    internal object Connection { get; }

    internal string Sandbox => _folder["company.sandbox"];

    internal TemporaryFolder Folder => _folder;

    internal Engine.Result Run(string script, params object?[] arguments) => Engine.Run(script, arguments);

    public void Dispose()
    {
        Engine.Dispose();
        _folder.Dispose();
    }
}
