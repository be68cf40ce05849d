using System.Reflection;

namespace Guardrails.Tests;

/// <summary>The module's data files, from the repository that the tests were built in.</summary>
internal static class ModuleFile
{
    public static T Read<T>(string name, Func<Stream, T> read)
    {
        var root = typeof(ModuleFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;
        using var file = File.OpenRead(Path.Combine(root, "module", "data", name));
        return read(file);
    }
}
