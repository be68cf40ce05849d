using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Guardrails.Cmdlets.Tests;

/// <summary>
/// Empty assemblies with the names of every package that the module brings, in the default load context of the test process before
/// anything else: as if other modules had loaded their builds of them. All tests of this project run on top of them.
/// </summary>
internal static class Decoys
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Repository.Dependencies, "*.dll").Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .Where(name => !name.StartsWith("Guardrails.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [ModuleInitializer]
    internal static void Load()
    {
        foreach (var name in Names)
        {
            var real = AssemblyName.GetAssemblyName(Path.Combine(Repository.Dependencies, name + ".dll"));
            using var image = Empty(new AssemblyName(name) { Version = real.Version });
            AssemblyLoadContext.Default.LoadFromStream(image);
        }
    }

    /// <summary>An assembly with that name, and nothing in it but a type that says what it is.</summary>
    public static MemoryStream Empty(AssemblyName name)
    {
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!).DefineType("Decoy", TypeAttributes.Public).CreateType();
        var image = new MemoryStream();
        assembly.Save(image);
        image.Position = 0;
        return image;
    }
}
