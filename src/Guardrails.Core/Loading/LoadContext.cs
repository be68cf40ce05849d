using System.Reflection;
using System.Runtime.Loader;

namespace Guardrails;

/// <summary>
/// The load context that keeps the cmdlets and all packages of this module apart from other modules' builds of the same packages.
/// Only <c>module/Guardrails.psm1</c> calls it. This assembly itself lives in the default context, so that its types can be named in scripts.
/// </summary>
public sealed class LoadContext : AssemblyLoadContext
{
    private static readonly Lock Gate = new();
    private static LoadContext? s_instance;

    private readonly string _folder;

    private LoadContext(string folder) : base("Guardrails", isCollectible: false) => _folder = folder;

    /// <summary>Loads the cmdlets, once per process; every later call gets the assembly that is loaded already.</summary>
    /// <param name="cmdletsPath">The full path of <c>Guardrails.Cmdlets.dll</c>; its folder holds everything else.</param>
    /// <exception cref="FileNotFoundException">The file is missing: the module is not built.</exception>
    public static Assembly Load(string cmdletsPath)
    {
        var path = Path.GetFullPath(cmdletsPath);
        lock (Gate)
        {
            s_instance ??= new LoadContext(Path.GetDirectoryName(path)!);
            var name = Path.GetFileNameWithoutExtension(path);
            return s_instance.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == name) ?? s_instance.LoadFromAssemblyPath(path);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        switch (assemblyName.Name)
        {
            case "Guardrails.Core": return typeof(LoadContext).Assembly;
            // The engine's own, never a copy.
            case "System.Management.Automation": return null;
        }
        var file = Path.Combine(_folder, assemblyName.CultureName ?? "", assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
