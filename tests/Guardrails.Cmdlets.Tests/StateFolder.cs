using System.Runtime.CompilerServices;

namespace Guardrails.Cmdlets.Tests;

/// <summary>The journals of a test run are in a folder of its own: a run neither sees nor fills those of the user who runs it.</summary>
internal static class StateFolder
{
    [ModuleInitializer]
    internal static void Use()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-state-").FullName;
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
