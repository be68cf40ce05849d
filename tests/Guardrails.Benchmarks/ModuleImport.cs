using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Guardrails.Benchmarks;

/// <summary>
/// Imports the module and an empty binary module with the same loader and the same two load contexts, in fresh processes, in turns.
/// <para>time: median of the module's imports ÷ median of the empty one's.</para>
/// </summary>
internal sealed class ModuleImport : IBenchmark
{
    private static readonly string Root = typeof(ModuleImport).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;

    // bin/CONFIGURATION/net10.0/
    private static readonly string Output = Path.Combine("bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!), "net10.0");

    public string Name => "import";

    public string Summary => "Import-Module of this module, against an empty binary module with the same two load contexts";

    public Task RunAsync(Figures figures, string folder)
    {
        var module = Path.Combine(Root, "Guardrails.psd1");
        var empty = LayOutEmpty(folder);
        // The first of each brings the files into the disk cache.
        _ = (Import(module), Import(empty));
        var times = Enumerable.Range(0, figures.Smoke ? 1 : 9).Select(_ => (Module: Import(module), Empty: Import(empty))).ToList();
        var (ours, theirs) = (Figures.Median(times.Select(time => time.Module)), Figures.Median(times.Select(time => time.Empty)));
        figures.Bar("time", ours / theirs, 2);
        figures.Budget("more", ours - theirs, 200, "ms");
        figures.Note("module-ms", ours);
        figures.Note("empty-ms", theirs);
        return Task.CompletedTask;
    }

    private static string LayOutEmpty(string folder)
    {
        var projects = Path.Combine(Root, "tests", "Guardrails.Benchmarks.EmptyModule");
        var bin = Directory.CreateDirectory(Path.Combine(folder, "module", "bin")).FullName;
        var deps = Directory.CreateDirectory(Path.Combine(bin, "deps")).FullName;
        File.Copy(Path.Combine(projects, "Core", Output, "Guardrails.Core.dll"), Path.Combine(bin, "Guardrails.Core.dll"));
        File.Copy(Path.Combine(projects, "Cmdlets", Output, "Guardrails.Cmdlets.dll"), Path.Combine(deps, "Guardrails.Cmdlets.dll"));
        File.Copy(Path.Combine(Root, "module", "Guardrails.psm1"), Path.Combine(folder, "module", "Guardrails.psm1"));
        var manifest = Path.Combine(folder, "Empty.psd1");
        File.WriteAllText(manifest, "@{ RootModule = 'module/Guardrails.psm1'; ModuleVersion = '1.0.0'; GUID = '5f1c2f7e-0f6e-4d0c-9b62-6b3a2d0f3c11'; CmdletsToExport = @('Get-EmptyModule'); FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }");
        return manifest;
    }

    private static double Import(string manifest)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Root, "tests", "Guardrails.Benchmarks.Import", Output, "Guardrails.Benchmarks.Import.dll"));
        start.ArgumentList.Add(manifest);
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(text, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"The import of '{manifest}' failed.");
    }
}
